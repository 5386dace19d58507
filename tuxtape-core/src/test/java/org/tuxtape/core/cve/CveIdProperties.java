package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CveIdProperties {

    @Property
    void whatIsPrintedIsReadBack(
            @ForAll @IntRange(max = 9999) int year, @ForAll @LongRange(max = 999_999_999_999L) long number) {
        CveId id = new CveId(year, number);

        assertThat(CveId.parse(id.toString())).isEqualTo(id);
    }

    @Property
    void whatIsReadPrintsAsItStood(@ForAll("almostIds") String text) {
        CveId.tryParse(text).ifPresent(id -> assertThat(id).hasToString(text));
    }

    @Property
    void noTextMakesReadingThrow(@ForAll String text) {
        assertThat(CveId.tryParse(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> almostIds() {
        return Arbitraries.strings().withChars("0123456789").ofMaxLength(14).map(number -> "CVE-2024-" + number);
    }
}
