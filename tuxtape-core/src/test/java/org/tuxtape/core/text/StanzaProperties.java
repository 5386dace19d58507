package org.tuxtape.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StanzaProperties {

    @Property
    void everyStanzaIsReadAsItWasWritten(@ForAll("stanzas") Stanza stanza) {
        Stanza read = Stanza.parse(stanza.toString());

        assertThat(read).isEqualTo(stanza).hasToString(stanza.toString());
    }

    @Property
    void severalAreToldApart(@ForAll("several") List<Stanza> stanzas) {
        StringBuilder text = new StringBuilder();
        stanzas.forEach(stanza -> text.append(stanza).append("\n# next\n"));

        assertThat(Stanza.parseAll(text.toString())).isEqualTo(stanzas);
    }

    @Property
    void anyTextGivesStanzasOrAnIllegalArgument(@ForAll("almostStanzas") String text) {
        try {
            for (Stanza stanza : Stanza.parseAll(text)) {
                assertThat(Stanza.parse(stanza.toString())).isEqualTo(stanza);
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("Line ");
        }
    }

    @Provide
    Arbitrary<Stanza> stanzas() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("AZaz09-")
                .ofMinLength(1)
                .ofMaxLength(8)
                .filter(name -> !name.startsWith("-"));
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.strings().withChars(".# :\tab\n").ofMaxLength(30),
                Arbitraries.strings()
                        .ofMaxLength(30)
                        .filter(text -> text.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c))));
        return Arbitraries.maps(names, values).ofMinSize(1).ofMaxSize(5).map(StanzaProperties::stanza);
    }

    private static Stanza stanza(Map<String, String> fields) {
        Stanza stanza = Stanza.empty();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            stanza = stanza.with(field.getKey(), field.getValue());
        }
        return stanza;
    }

    @Provide
    Arbitrary<List<Stanza>> several() {
        return stanzas().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> almostStanzas() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings().withChars("Ab: .#\n\r\t").ofMaxLength(60));
    }
}
