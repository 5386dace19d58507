package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SourcePathProperties {
    private static final Path TREE = Path.of("/srv/linux");

    @Property
    void noTextMakesReadingThrow(@ForAll String text) {
        assertThat(SourcePath.tryParse(text)).isNotNull();
    }

    @Property
    void whatIsAcceptedStaysInsideTheTreeAndWhatStaysInsideAsWrittenIsAccepted(@ForAll("hostilePaths") String text) {
        Path file = TREE.resolve(text);
        boolean staysAsWritten = file.startsWith(TREE)
                && !file.equals(TREE)
                && file.normalize().toString().equals(TREE + "/" + text);

        assertThat(SourcePath.tryParse(text).isPresent()).isEqualTo(staysAsWritten);
    }

    @Property
    void noAcceptedPathHoldsAControlCharacter(@ForAll("pathsWithOneOddCharacter") String text) {
        if (SourcePath.tryParse(text).isPresent()) {
            assertThat(text.chars()).noneMatch(Character::isISOControl);
        }
    }

    @Property
    void pathsAreOrderedAsTheirTexts(@ForAll("plainPaths") SourcePath one, @ForAll("plainPaths") SourcePath other) {
        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(one.text().compareTo(other.text())));
        assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<String> hostilePaths() {
        return Arbitraries.of("..", ".", "", "a", "net", "...", "~", "etc", "/", "//", "c.h")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("/", parts));
    }

    @Provide
    Arbitrary<String> pathsWithOneOddCharacter() {
        return Arbitraries.chars().range('\u0000', '\u00ff').map(odd -> "net/a" + odd + "b.c");
    }

    @Provide
    Arbitrary<SourcePath> plainPaths() {
        return Arbitraries.of(List.of("a", "b", "a-b", "ab"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> SourcePath.parse(String.join("/", parts)));
    }
}
