package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CveIdTest {

    @ParameterizedTest
    @CsvSource({
        "CVE-2024-26581, 2024, 26581",
        "CVE-2024-0001, 2024, 1",
        "CVE-2024-0000, 2024, 0",
        "CVE-1999-0067, 1999, 67",
        "CVE-2026-999999999999, 2026, 999999999999",
    })
    void anIdIsReadAndPrinted(String text, int year, long number) {
        CveId id = CveId.parse(text);

        assertThat(id.year()).isEqualTo(year);
        assertThat(id.number()).isEqualTo(number);
        assertThat(id).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CVE",
                "CVE-2024",
                "CVE-2024-",
                "CVE-2024-123",
                "CVE-2024-01234",
                "CVE-24-1234",
                "CVE-02024-1234",
                "cve-2024-1234",
                "Cve-2024-1234",
                "CAN-2003-0001",
                " CVE-2024-1234",
                "CVE-2024-1234 ",
                "CVE-2024-1234\n",
                "CVE-2024-1234:",
                "CVE 2024 1234",
                "CVE--2024-1234",
                "CVE-2024--1234",
                "CVE-2024-1234567890123",
                "CVE-2024-99999999999999999999",
                "CVE-\u0662\u0660\u0662\u0664-1234",
                "CVE\u20112024\u20111234"
            })
    void onlyTheCanonicalSpellingIsRead(String text) {
        assertThat(CveId.tryParse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CveId.parse(text))
                .withMessage("Not a CVE id: '" + text + "'.");
    }

    @Test
    void yearAndNumberAreThoseThatAnIdCanSpell() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CveId(-1, 1234));
        assertThatIllegalArgumentException().isThrownBy(() -> new CveId(10_000, 1234));
        assertThatIllegalArgumentException().isThrownBy(() -> new CveId(2024, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CveId(2024, 1_000_000_000_000L));
    }

    @Test
    void idsAreOrderedByYearAndThenByNumberNotByText() {
        assertThat(Stream.of("CVE-2024-10000", "CVE-2024-9999", "CVE-2023-52000", "CVE-2025-0001")
                        .map(CveId::parse)
                        .sorted())
                .extracting(CveId::toString)
                .containsExactly("CVE-2023-52000", "CVE-2024-9999", "CVE-2024-10000", "CVE-2025-0001");
    }
}
