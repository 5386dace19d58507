package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveCatalog;

class LadderStepTest {

    @Test
    void eachRungSaysWhatItAdds() {
        // Affected by version are five, undecided two; LEFT_OUT is settled by its file.
        assertThat(Triage.of(SmallCatalog.catalog())
                        .against(SmallCatalog.profile())
                        .ladder())
                .containsExactly(new LadderStep(Rung.VERSION, 9, 7, 5, 2), new LadderStep(Rung.FILES, 7, 1, 4, 2));
    }

    @Test
    void aRungThatWasNeverClimbedIsNotThere() {
        assertThat(Triage.of(CveCatalog.of()).against(SmallCatalog.profile()).ladder())
                .isEmpty();
    }
}
