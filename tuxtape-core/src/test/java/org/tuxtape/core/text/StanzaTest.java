package org.tuxtape.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaTest {
    private static final Stanza STANZA = Stanza.empty()
            .with("Name", "livepatch_a")
            .with("Functions", List.of("vmlinux a 1", "vmlinux b 1"))
            .with("Reason", "One.\n\nTwo.")
            .with("Key", "");
    private static final String TEXT = """
            Name: livepatch_a
            Functions:
             vmlinux a 1
             vmlinux b 1
            Reason: One.
             .
             Two.
            Key:
            """;

    @Test
    void fieldsAreWrittenInTheirOrder() {
        assertThat(STANZA).hasToString(TEXT);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(Stanza.parse(TEXT))
                .isEqualTo(STANZA)
                .hasSameHashCodeAs(STANZA)
                .hasToString(TEXT);
    }

    @Test
    void valuesAreFoundByTheirName() {
        assertThat(STANZA.required("Name")).isEqualTo("livepatch_a");
        assertThat(STANZA.optional("Reason")).contains("One.\n\nTwo.");
        assertThat(STANZA.lines("Functions")).containsExactly("vmlinux a 1", "vmlinux b 1");
        assertThat(STANZA.required("Key")).isEmpty();
    }

    @Test
    void aConstantIsFoundByItsExactName() {
        Stanza stanza = Stanza.empty().with("State", "TERMINATED").with("Other", "terminated");

        assertThat(stanza.required("State", Thread.State.class)).isEqualTo(Thread.State.TERMINATED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stanza.required("Other", Thread.State.class))
                .withMessageContaining("Other")
                .withMessageContaining("terminated");
        assertThatIllegalArgumentException().isThrownBy(() -> stanza.required("Missing", Thread.State.class));
    }

    @Test
    void aFieldThatIsMissingIsEmptyOrAnError() {
        assertThat(STANZA.optional("name")).isEmpty();
        assertThat(STANZA.lines("Fixes")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANZA.required("Release"))
                .withMessage("The field Release is missing.");
    }

    @Test
    void aStanzaIsNeverChanged() {
        Stanza more = STANZA.with("Release", "6.12.107");

        assertThat(STANZA.optional("Release")).isEmpty();
        assertThat(more.required("Release")).isEqualTo("6.12.107");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a:", "ä", "Name"})
    void aNameIsOfLettersDigitsAndHyphensAndThereOnce(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> STANZA.with(name, "value"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u001b[31m", "a\rb", "\u0085"})
    void aValueHasNoControlCharacters(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> STANZA.with("Note", value));
    }

    @Test
    void controlCharactersAreNotReadEither() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stanza.parse("Name: a\nNote: a\u001b[31m\n"))
                .withMessage("Line 2 has control characters.");
    }

    @Test
    void aFurtherLineOfADotIsAnEmptyOne() {
        Stanza stanza = Stanza.empty().with("A", ".\n.\nb");

        assertThat(stanza.required("A")).isEqualTo(".\n\nb");
        assertThat(Stanza.parse(stanza.toString())).isEqualTo(stanza);
    }

    @Test
    void stanzasStandBetweenBlankLinesAndCommentsAreSkipped() {
        List<Stanza> stanzas = Stanza.parseAll("\n# first\nA: 1\n# within\n 2\n \n\nA: 3\n");

        assertThat(stanzas).extracting(stanza -> stanza.required("A")).containsExactly("1\n2", "3");
    }

    @Test
    void linesOfOtherSystemsEndWithACarriageReturn() {
        assertThat(Stanza.parse("A: 1\r\n 2\r\n").required("A")).isEqualTo("1\n2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A: 1\n\nA: 2\n", "A: 1\nA: 2\n", "no field\n", " continued\n", ": 1\n", "A: 1\nb c: 2\n"})
    void whatIsNotOneStanzaIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Stanza.parse(text));
    }

    @Test
    void aRefusalNamesTheLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stanza.parse("A: 1\n# comment\nA: 2\n"))
                .withMessage("Line 3 is no field, or one that is there already.");
    }
}
