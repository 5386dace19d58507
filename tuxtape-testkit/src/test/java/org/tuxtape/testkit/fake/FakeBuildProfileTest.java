package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.testkit.contract.BuildProfileContract;
import org.tuxtape.testkit.contract.BuildProfileSubject;

final class FakeBuildProfileTest extends BuildProfileContract {

    private static FakeBuildProfile.Builder build() {
        return FakeBuildProfile.of(KernelBuild.of(KernelVersion.parse("6.12.94")))
                .included("include/net/sock.h", "net/core/sock.c", "net/sctp/input.c")
                .compiled("net/core/sock.c", "vmlinux")
                .compiled("net/sctp/input.c", "net/sctp/sctp")
                .absent("fs/btrfs/super.c")
                .function("sock_init", "net/core/sock.c", "vmlinux");
    }

    @Override
    protected BuildProfileSubject subject() {
        return BuildProfileSubject.of(build().option("CONFIG_NET", "y").build())
                .compiled("net/core/sock.c", "net/sctp/input.c")
                .included("include/net/sock.h")
                .absent("fs/btrfs/super.c")
                .option("NET", "y");
    }

    @Nested
    final class WithoutConfiguration extends BuildProfileContract {
        @Override
        protected BuildProfileSubject subject() {
            return BuildProfileSubject.of(build().build()).configUnknown();
        }
    }

    @Test
    void aHeaderIsInTheObjectsOfItsUnits() {
        assertThat(build().build().file(SourcePath.parse("include/net/sock.h")))
                .isInstanceOfSatisfying(
                        FilePresence.Included.class,
                        header -> assertThat(header.objects())
                                .containsExactly(KernelObject.VMLINUX, KernelObject.module("net/sctp/sctp")));
    }

    @Test
    void aFunctionIsPresentWhereItWasSetUp() {
        FakeBuildProfile profile = build().build();
        assertThat(profile.function("sock_init", SourcePath.parse("net/core/sock.c")))
                .isInstanceOf(FunctionPresence.Present.class);
        assertThat(profile.function("sock_init", SourcePath.parse("net/core/dev.c")))
                .isInstanceOf(FunctionPresence.Unknown.class);
    }

    @Test
    void aFileIsDescribedOnce() {
        FakeBuildProfile.Builder builder = build();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.absent("net/core/sock.c"));
        assertThatIllegalStateException()
                .isThrownBy(build().included("fs/btrfs/super.c", "net/core/sock.c")::build)
                .withMessage("fs/btrfs/super.c is described twice.");
    }

    @Test
    void whatIncludesAFileIsCompiled() {
        assertThatIllegalStateException()
                .isThrownBy(build().included("fs/btrfs/ctree.h", "fs/btrfs/super.c")::build)
                .withMessageStartingWith("fs/btrfs/super.c includes a file");
    }
}
