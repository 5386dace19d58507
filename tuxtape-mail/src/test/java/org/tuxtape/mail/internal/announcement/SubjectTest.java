package org.tuxtape.mail.internal.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.mail.internal.announcement.Subject.Kind;

@DisplayName("A subject")
class SubjectTest {
    private static final Optional<CveId> ID = Optional.of(CveId.parse("CVE-2024-26581"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "CVE-2024-26581: net: fix it             | PUBLISHED | net: fix it",
                "CVE-2024-26581:net: fix it              | PUBLISHED | net: fix it",
                "CVE-2024-26581                          | PUBLISHED | ''",
                "CVE-2024-26581:                         | PUBLISHED | ''",
                "[list] CVE-2024-26581: net: fix it      | PUBLISHED | net: fix it",
                "REJECTED: CVE-2024-26581: net: fix it   | REJECTED  | net: fix it",
                "REJECTED:CVE-2024-26581                 | REJECTED  | ''",
                "[list][x] REJECTED: CVE-2024-26581: a   | REJECTED  | a",
                "Re: CVE-2024-26581: net: fix it         | REPLY     | Re: CVE-2024-26581: net: fix it",
                "Fwd: CVE-2024-26581: net: fix it        | REPLY     | Fwd: CVE-2024-26581: net: fix it",
                "RE[2]: CVE-2024-26581: net: fix it      | REPLY     | RE[2]: CVE-2024-26581: net: fix it",
                "On CVE-2024-26581 and others            | OTHER     | On CVE-2024-26581 and others",
                "rejected: CVE-2024-26581: net: fix it   | OTHER     | rejected: CVE-2024-26581: net: fix it",
                "CVE-2024-26581x: net: fix it            | OTHER     | CVE-2024-26581x: net: fix it",
            })
    void saysWhatTheMailIs(String text, Kind kind, String title) {
        assertThat(Subject.parse(text)).isEqualTo(new Subject(kind, ID, title));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CVE-", "CVE-2024-1: too short", "CVE-2024-012345: zero first", "no id at all"})
    void mayNameNoCve(String text) {
        assertThat(Subject.parse(text)).isEqualTo(new Subject(Kind.OTHER, Optional.empty(), text));
    }

    @Test
    @DisplayName("with tags without end is read in bounded time and depth")
    void boundsTags() {
        assertThat(Subject.parse("[a]".repeat(5000) + "CVE-2024-26581: x").kind())
                .isEqualTo(Kind.OTHER);
    }
}
