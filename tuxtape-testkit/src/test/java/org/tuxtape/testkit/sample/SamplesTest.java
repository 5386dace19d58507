package org.tuxtape.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VexStatus;

final class SamplesTest {

    @Test
    void equalSeedsGiveEqualSamples() {
        assertThat(Cves.spread(3, 30)).isEqualTo(Cves.spread(3, 30)).isNotEqualTo(Cves.spread(4, 30));
        assertThat(Verdicts.spread(3, 30)).isEqualTo(Verdicts.spread(3, 30)).isNotEqualTo(Verdicts.spread(4, 30));
    }

    @Test
    void everyCveHasAnIdOfItsOwn() {
        assertThat(Cves.spread(3, 30)).hasSize(30).extracting(Cve::id).doesNotHaveDuplicates();
    }

    @Test
    void theSpreadReachesFromNothingToAThousand() {
        assertThat(Cves.spread(3, 30)).contains(Cves.bare(), Cves.huge());
        assertThat(Cves.bare().files()).isEmpty();
        assertThat(Cves.huge().files()).hasSize(1000);
    }

    @Test
    void everyStatusIsAmongTheVerdicts() {
        assertThat(Verdicts.spread(3, 0)).extracting(Verdict::status).contains(VexStatus.values());
    }
}
