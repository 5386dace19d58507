package org.tuxtape.feeds.cvss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.CvssVector;

@DisplayName("A CVSS rating")
class CvssRatingTest {

    @ParameterizedTest
    @CsvSource({
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8, CRITICAL",
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H, 7.8, HIGH",
        "CVSS:3.1/AC:L/AV:N/PR:N/UI:N/S:U/C:H/I:N/A:H, 9.1, CRITICAL",
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:H, 4.7, MEDIUM",
        "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N, 1.6, LOW",
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:N, 0.0, NONE",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 9.3, CRITICAL",
        "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N, 8.5, HIGH",
    })
    @DisplayName("is computed by the rules of its version")
    void isComputed(String vector, double score, CvssRating.Severity severity) {
        CvssRating rating = CvssRating.of(CvssVector.parse(vector));

        assertThat(rating.baseScore()).isEqualTo(score);
        assertThat(rating.severity()).isEqualTo(severity);
    }

    @ParameterizedTest
    @CsvSource({
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C/CR:H/MAV:A/MPR:X, 7.8",
        "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U, 8.5",
    })
    @DisplayName("counts only what does not change with time and place")
    void countsTheBaseOnly(String vector, double score) {
        assertThat(CvssRating.of(CvssVector.parse(vector)).baseScore()).isEqualTo(score);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CVSS:3.1/AV:L",
                "CVSS:3.1/AV:Q/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/XX:Y",
                "CVSS:3.1/AV:N/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N",
                "CVSS:2.0/AV:L/AC:L/Au:N/C:C/I:C/A:C",
                "CVSS:5.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
            })
    @DisplayName("is none where a metric is missing, unknown or there twice, or the version is another")
    void isNone(String vector) {
        assertThat(CvssRating.tryOf(CvssVector.parse(vector))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CvssRating.of(CvssVector.parse(vector)))
                .withMessageStartingWith("Not a CVSS vector: '" + vector + "'");
    }

    @Test
    @DisplayName("is held by a CVE as vector and score")
    void isHeldByACve() {
        CvssVector vector = CvssVector.parse("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H");

        assertThat(CvssRating.of(vector).asGiven().baseScore()).hasValue(7.8);
        assertThat(CvssRating.of(vector).asGiven().rationale()).isEmpty();
    }
}
