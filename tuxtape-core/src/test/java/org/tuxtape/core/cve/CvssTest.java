package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CvssTest {
    private static final CvssVector VECTOR = CvssVector.parse("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H");

    @ParameterizedTest
    @CsvSource({
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 3.0",
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H, 3.1",
        "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C/CR:H/MAV:A/MPR:X, 3.1",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSI:S/U:Amber, 4.0",
    })
    void aVectorIsKeptAsItsAuthorWroteItAndTellsItsVersion(String text, String version) {
        CvssVector vector = CvssVector.parse(text);

        assertThat(vector).hasToString(text);
        assertThat(vector.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CVSS:3.1",
                "CVSS:3.1/",
                "CVSS:3.1/AV",
                "CVSS:3.1/AV:",
                "CVSS:3.1/:L",
                "CVSS:3.1//AV:L",
                "CVSS:3.1/AV:L/",
                "AV:L/AC:L/Au:N/C:C/I:C/A:C",
                "cvss:3.1/AV:L",
                "CVSS:31/AV:L",
                "CVSS:3.1/AV:L AC:L",
                "CVSS:3.1/AV:L\n",
                " CVSS:3.1/AV:L",
                "CVSS:3.1/AV=L",
                "CVSS:3.1/AV:L/AC:toolongvalue",
                "7.8 HIGH"
            })
    void whatIsNoSequenceOfMetricsIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CvssVector.parse(text))
                .withMessage("Not a CVSS vector: '" + text + "'.");
    }

    @Test
    void aVectorIsBounded() {
        String longest = "CVSS:3.1" + "/AV:L".repeat(64);

        assertThat(CvssVector.parse(longest)).hasToString(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> CvssVector.parse(longest + "/AV:L"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 7.8, 10})
    void aBaseScoreLiesBetweenZeroAndTen(double score) {
        assertThat(new Cvss(VECTOR, OptionalDouble.of(score)).baseScore()).hasValue(score);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 10.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anyOtherBaseScoreIsRefused(double score) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cvss(VECTOR, OptionalDouble.of(score)));
    }

    @Test
    void aRatingMayHaveNoScore() {
        assertThat(new Cvss(VECTOR, OptionalDouble.empty()).baseScore()).isEmpty();
    }
}
