package org.tuxtape.profile;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.testkit.contract.BuildProfileContract;
import org.tuxtape.testkit.contract.BuildProfileSubject;

/** The rules BP-1 to BP-5, for a build that is all there and for one without its configuration. */
class KbuildProfileContractTest {

    @Nested
    class Complete extends BuildProfileContract {
        @TempDir
        private Path directory;

        @Override
        protected BuildProfileSubject subject() {
            return BuildProfileSubject.of(
                            KbuildTree.read(SmallBuild.complete(directory).tree()))
                    .compiled("init/main.c", "fs/ext9/super.c", "arch/x86/kernel/head_64.S", "kernel/bounds.c")
                    .included("include/linux/fs.h", "kernel/sched/fair.c", "include/linux/bounds-only.h")
                    .absent("fs/xfs9/super.c", "include/linux/unused.h", "arch/arm64/kernel/entry.S")
                    .option("CONFIG_EXT9_FS", "m");
        }
    }

    @Nested
    class WithoutConfigAndSource extends BuildProfileContract {
        @TempDir
        private Path directory;

        @Override
        protected BuildProfileSubject subject() {
            SmallBuild build = SmallBuild.complete(directory, SmallBuild.Layout.ELSEWHERE, SmallBuild.Spelling.CMD)
                    .without(".config")
                    .without("source");
            return BuildProfileSubject.of(KbuildTree.read(build.tree()))
                    .compiled("init/main.c")
                    .included("include/linux/fs.h")
                    .noAbsent("Without its source a build cannot tell which files it left out.")
                    .configUnknown();
        }
    }
}
