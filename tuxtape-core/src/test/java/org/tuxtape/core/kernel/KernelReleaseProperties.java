package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KernelReleaseProperties {

    @Property
    void noTextMakesReadingThrow(@ForAll String text) {
        assertThat(KernelRelease.tryParse(text)).isNotNull();
    }

    @Property
    void versionAndSuffixTogetherAreTheWholeTextAndNoNumberIsCutInTwo(@ForAll("almostReleases") String text) {
        KernelRelease.tryParse(text).ifPresent(release -> {
            assertThat(text).endsWith(release.suffix());
            String front = text.substring(0, text.length() - release.suffix().length());
            assertThat(KernelVersion.parse(front)).isEqualTo(release.version());
            assertThat(release.suffix()).doesNotMatch("(?s)\\d.*");
        });
    }

    @Property
    void aSuffixIsFoundAgain(@ForAll("suffixes") String suffix) {
        KernelRelease release = KernelRelease.parse("6.8.12" + suffix);

        assertThat(release.version()).hasToString("6.8.12");
        assertThat(release.suffix()).isEqualTo(suffix);
    }

    @Provide
    Arbitrary<String> almostReleases() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456.-rc+x").ofMaxLength(20),
                Arbitraries.strings().withChars("0123456.-rc+x").ofMaxLength(20).map(rest -> "6.8" + rest),
                Arbitraries.strings().withChars("0126.-rc+x").ofMaxLength(20).map(rest -> "2.6." + rest));
    }

    @Provide
    Arbitrary<String> suffixes() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .ofMaxLength(50)
                .filter(text -> text.isEmpty() || "+_-~".indexOf(text.charAt(0)) >= 0)
                .filter(text -> !text.startsWith("-rc"));
    }
}
