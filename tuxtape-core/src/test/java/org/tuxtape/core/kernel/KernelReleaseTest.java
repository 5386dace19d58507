package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelReleaseTest {

    @ParameterizedTest(name = "{0} is {1} and {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "6.8                    | 6.8         | ''",
                "6.8.0                  | 6.8         | ''",
                "6.8.0-rc1              | 6.8-rc1     | ''",
                "6.8.0-rc1+             | 6.8-rc1     | +",
                "6.8.1-rc1              | 6.8.1-rc1   | ''",
                "6.8.0-rc0-next         | 6.8         | -rc0-next",
                "6.12.94+deb13-amd64    | 6.12.94     | +deb13-amd64",
                "5.10.0-30-amd64        | 5.10        | -30-amd64",
                "6.1.0-18-cloud-amd64   | 6.1         | -18-cloud-amd64",
                "5.15.0-1034-azure      | 5.15        | -1034-azure",
                "6.9.3-arch1-1          | 6.9.3       | -arch1-1",
                "6.6.31-v8+             | 6.6.31      | -v8+",
                "3.10.0-1160.el7.x86_64 | 3.10        | -1160.el7.x86_64",
                "4.14.1.2-foo           | 4.14.1      | .2-foo",
                "2.6.32                 | 2.6.32      | ''",
                "2.6.32.71              | 2.6.32.71   | ''",
                "2.6.32-754.el6.x86_64  | 2.6.32      | -754.el6.x86_64",
                "2.6.32.71-grsec        | 2.6.32.71   | -grsec",
                "2.6.39-rc7-custom      | 2.6.39-rc7  | -custom",
                "4.19.0_1               | 4.19        | _1",
                "6.8abc                 | 6.8         | abc",
            })
    void aReleaseBeginsWithTheUpstreamVersionAndEndsInWhatTheBuilderAppended(
            String text, String version, String suffix) {
        KernelRelease release = KernelRelease.parse(text);

        assertThat(release.version()).hasToString(version);
        assertThat(release.suffix()).isEqualTo(suffix);
        assertThat(release).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6",
                "6.",
                "v6.8",
                "linux-6.8",
                " 6.8",
                "6.8 generic",
                "6.8\n",
                "6.8\t",
                "6.8\u0000",
                "6.8-caf\u00e9",
                "1234567.8",
                "6.1234567",
                "\uff16.\uff18",
                "generic"
            })
    void whatDoesNotBeginWithAVersionOrIsNotPrintableIsRefused(String text) {
        assertThat(KernelRelease.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelRelease.parse(text))
                .withMessage("Not a kernel release: '" + text + "'.");
    }

    @Test
    void aReleaseHasAtMostSixtyFourCharacters() {
        String longest = "6.8-" + "x".repeat(60);

        assertThat(KernelRelease.parse(longest).suffix()).hasSize(61);
        assertThat(KernelRelease.tryParse(longest + "x")).isEmpty();
    }

    @Test
    void aBuildOfAnUpstreamVersionHasNoVendorSuffix() {
        KernelBuild build = KernelBuild.of(KernelVersion.parse("6.8.1-rc1"));

        assertThat(build.release()).hasToString("6.8.1-rc1");
        assertThat(build.hasVendorSuffix()).isFalse();
        assertThat(build.architecture()).isEmpty();
        assertThat(build.compiler()).isEmpty();
        assertThat(build.configDigest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"6.12.94+deb13-amd64, true", "6.8.0-rc1+, true", "6.8.0, false", "6.8.0-rc1, false"})
    void aBuildHasAVendorSuffixIfItsReleaseSaysMoreThanAVersion(String release, boolean suffix) {
        KernelBuild build = new KernelBuild(
                KernelRelease.parse(release),
                KernelVersion.parse("6.8"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(build.hasVendorSuffix()).isEqualTo(suffix);
    }

    @Test
    void aBuildUnderAnotherVersionKeepsItsRelease() {
        KernelBuild build = KernelBuild.of(KernelVersion.parse("6.8"));

        KernelBuild renamed = build.withVersion(KernelVersion.parse("6.8.12"));

        assertThat(renamed.release()).isEqualTo(build.release());
        assertThat(renamed.version()).hasToString("6.8.12");
        assertThat(renamed.withVersion(build.version())).isEqualTo(build);
    }
}
