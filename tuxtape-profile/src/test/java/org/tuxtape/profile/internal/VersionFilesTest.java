package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;

class VersionFilesTest {
    private static String makefile(String version, String patchlevel, String sublevel, String extra) {
        return "# SPDX-License-Identifier: GPL-2.0\nVERSION = " + version + "\nPATCHLEVEL = " + patchlevel
                + "\nSUBLEVEL = " + sublevel + "\nEXTRAVERSION =" + extra + "\nNAME = Test\n";
    }

    @ParameterizedTest
    @CsvSource({
        "6, 12, 107, '', 6.12.107",
        "6, 13, 0, ' -rc3', 6.13-rc3",
        "6, 12, 7, ' -rc3+mine', 6.12.7-rc3",
        "5, 14, 0, ' -427.el9', 5.14",
        "5, 14, 0, ' .5', 5.14",
        "2, 6, 32, ' .71', 2.6.32.71",
        "2, 6, 32, ' .71-rc1', 2.6.32.71-rc1"
    })
    void theTopOfTheMakefile(String version, String patchlevel, String sublevel, String extra, String expected) {
        assertThat(VersionFiles.sourceVersion(makefile(version, patchlevel, sublevel, extra)))
                .contains(KernelVersion.parse(expected));
    }

    @Test
    void aMakefileWithoutVersionIsNone() {
        assertThat(VersionFiles.sourceVersion("include /src/linux/Makefile\n")).isEmpty();
        assertThat(VersionFiles.sourceVersion(makefile("six", "12", "7", ""))).isEmpty();
        assertThat(VersionFiles.sourceVersion("VERSION = 6\n")).isEmpty();
    }

    @Test
    void theReleaseOfAMakefile() {
        assertThat(VersionFiles.release(makefile("6", "12", "7", " -rc1"), "-mine"))
                .contains(KernelRelease.parse("6.12.7-rc1-mine"));
        assertThat(VersionFiles.release("", "-mine")).isEmpty();
    }

    @Test
    void theReleaseThatTheBuildRecorded() {
        assertThat(VersionFiles.release("6.12.94+deb13-amd64\n")).contains(KernelRelease.parse("6.12.94+deb13-amd64"));
        assertThat(VersionFiles.release("no release\n")).isEmpty();
        assertThat(VersionFiles.utsRelease("#define UTS_RELEASE \"6.12.7-test\"\n"))
                .contains(KernelRelease.parse("6.12.7-test"));
        assertThat(VersionFiles.utsRelease("#define UTS_RELEASE\n")).isEmpty();
    }

    @Test
    void theVersionThatTheBuildRecorded() {
        String header = """
                #define LINUX_VERSION_CODE 396295
                #define LINUX_VERSION_MAJOR 6
                #define LINUX_VERSION_PATCHLEVEL 12
                #define LINUX_VERSION_SUBLEVEL 7
                """;

        assertThat(VersionFiles.builtVersion(header)).contains(KernelVersion.parse("6.12.7"));
        assertThat(VersionFiles.builtVersion("#define LINUX_VERSION_CODE 396295\n"))
                .isEqualTo(Optional.empty());
    }
}
