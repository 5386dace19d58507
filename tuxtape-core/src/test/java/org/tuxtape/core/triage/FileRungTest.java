package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.triage.Evidence.Files.Outcome;

class FileRungTest {
    private final WrittenProfile profile = WrittenProfile.of("6.8")
            .compiled("net/core/sock.c", "vmlinux")
            .compiled("fs/btrfs/inode.c", "fs/btrfs/btrfs")
            .compiled("lib/shared.c", "vmlinux", "fs/btrfs/btrfs", "drivers/block/zram")
            .included("include/net/sock.h", "net/core/sock.c net/sctp/socket.c", "vmlinux", "net/sctp/sctp")
            .included("net/core/sock_private.h", "net/core/sock.c", "vmlinux")
            .included("net/core/part.c", "net/core/sock.c", "vmlinux")
            .absent("sound/core/pcm.c")
            .absent("sound/core/timer.c")
            .absent("include/sound/pcm.h");

    @Test
    void whereEveryFileIsLeftOutTheKernelIsNotAffected() {
        Evidence.Files found = climb("sound/core/pcm.c", "sound/core/timer.c", "include/sound/pcm.h");

        assertThat(found.outcome()).isEqualTo(Outcome.NOT_BUILT);
        assertThat(found.decides()).contains(VexStatus.NOT_AFFECTED);
        assertThat(found.isWeak()).isFalse();
        assertThat(found.objects()).isEmpty();
    }

    @Test
    void oneUnknownFileAmongThoseLeftOutKeepsItUndecided() {
        Evidence.Files found = climb("sound/core/pcm.c", "sound/moved/away.c");

        assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(found.decides()).isEmpty();
        assertThat(found.objects()).isEmpty();
    }

    @Test
    void unknownFilesAloneDecideNothing() {
        assertThat(climb("a.c", "b.c").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(climb("a.c", "b.c").decides()).isEmpty();
    }

    @Test
    void withoutFilesNothingIsDecided() {
        Evidence.Files found = climb();

        assertThat(found.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(found.decides()).isEmpty();
        assertThat(found.objects()).isEmpty();
        assertThat(found.reason()).isEqualTo("No files are named.");
    }

    @Test
    void oneCompiledFileIsEnoughWhateverTheOthersAre() {
        Evidence.Files found = climb("sound/core/pcm.c", "fs/btrfs/inode.c", "sound/moved/away.c");

        assertThat(found.outcome()).isEqualTo(Outcome.COMPILED);
        assertThat(found.objects()).hasToString("[fs/btrfs/btrfs]");
    }

    @Test
    void thatTheCodeIsBuiltDoesNotDecideThatItIsVulnerable() {
        assertThat(climb("net/core/sock.c").decides()).isEmpty();
        assertThat(climb("include/net/sock.h").decides()).isEmpty();
    }

    @Test
    void ofAHeaderThatCompiledUnitsIncludeTheirObjectsAreNamed() {
        Evidence.Files found = climb("include/net/sock.h", "sound/core/pcm.c");

        assertThat(found.outcome()).isEqualTo(Outcome.HEADER_ONLY);
        assertThat(found.objects()).hasToString("[vmlinux, net/sctp/sctp]");
    }

    @Test
    void anUnknownFileBesideAHeaderInUseKeepsItUnknownWhetherCodeIsCompiled() {
        assertThat(climb("include/net/sock.h", "sound/moved/away.c").outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void codeThatAnotherUnitIncludesIsCompiled() {
        assertThat(climb("net/core/part.c").outcome()).isEqualTo(Outcome.COMPILED);
        assertThat(climb("net/core/part.c", "include/net/sock.h").objects()).hasToString("[vmlinux]");
    }

    @Test
    void besideACompiledFileTheObjectsOfHeadersDoNotCount() {
        assertThat(climb("include/net/sock.h", "fs/btrfs/inode.c").objects()).hasToString("[fs/btrfs/btrfs]");
    }

    @Test
    void theObjectsOfAllCompiledFilesCountTheImageFirst() {
        assertThat(climb("fs/btrfs/inode.c", "lib/shared.c").objects())
                .hasToString("[vmlinux, drivers/block/zram, fs/btrfs/btrfs]");
    }

    @Test
    void everyFileIsLookedUpOnceAndListedByItsPath() {
        Evidence.Files found = climb("sound/core/pcm.c", "net/core/sock.c", "sound/core/pcm.c");

        assertThat(profile.asked()).hasSize(2);
        assertThat(found.files().keySet()).hasToString("[net/core/sock.c, sound/core/pcm.c]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net/core/sock.c | net/core/sock.c is compiled into vmlinux.",
                "lib/shared.c | lib/shared.c is compiled into vmlinux, drivers/block/zram, fs/btrfs/btrfs.",
                "include/net/sock.h | include/net/sock.h is included by 2 compiled units.",
                "net/core/sock_private.h | net/core/sock_private.h is included by net/core/sock.c.",
                "sound/core/pcm.c | sound/core/pcm.c is not compiled. Its option is off.",
                "x.c | x.c cannot be judged. The test says nothing of it.",
            })
    void theReasonSaysWhatEachFileIs(String file, String reason) {
        assertThat(climb(file).reason()).isEqualTo(reason);
        assertThat(climb("Makefile", file).reason())
                .contains("Makefile cannot be judged")
                .contains(reason);
    }

    private Evidence.Files climb(String... paths) {
        List<SourcePath> files = Stream.of(paths).map(SourcePath::parse).toList();
        return FileRung.climb(files, profile);
    }
}
