package org.tuxtape.kpatch.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.fix;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.fixes;
import static org.tuxtape.kpatch.compose.SimulatedBuilder.request;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.pipeline.LeftOut;

/** What a composer found, as a stage of a pipeline tells it. */
class IsolatingComposerTest {
    private static final IsolatingComposer COMPOSER = IsolatingComposer.with(composer -> composer);

    @Test
    void whatIsInAndWhatIsOutIsToldWithWhatShowsIt() {
        org.tuxtape.core.pipeline.Composition composition =
                COMPOSER.compose(request(fixes(5)), SimulatedBuilder.withBad(3), Context.standard());

        assertThat(composition.module()).isPresent();
        assertThat(composition.included()).hasSize(4).doesNotContain(fix(3).cve());
        assertThat(composition.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.cve()).isEqualTo(fix(3).cve());
            assertThat(left.reason()).isEqualTo("No build with it came to an end.");
            assertThat(left.diagnosis()).get().extracting("failure").isEqualTo(BuildFailure.DATA_CHANGE);
        });
    }

    @Test
    void everyFixIsInOrOut() {
        List<Fix> wanted = fixes(17);

        org.tuxtape.core.pipeline.Composition composition =
                COMPOSER.compose(request(wanted), SimulatedBuilder.withBad(1, 8, 16), Context.standard());

        assertThat(composition.included().size() + composition.leftOut().size()).isEqualTo(17);
        assertThat(composition.leftOut())
                .extracting(LeftOut::cve)
                .containsExactly(fix(1).cve(), fix(8).cve(), fix(16).cve());
    }

    @Test
    void whereNothingIsInThereIsNoModule() {
        org.tuxtape.core.pipeline.Composition composition =
                COMPOSER.compose(request(fixes(1)), SimulatedBuilder.withBad(0), Context.standard());

        assertThat(composition.outcome()).isInstanceOf(BuildOutcome.NoChange.class);
        assertThat(composition.module()).isEmpty();
    }

    @Test
    void aWishToStopIsHandedOn() {
        CancellationToken token = CancellationToken.create();
        token.cancel();

        org.tuxtape.core.pipeline.Composition composition = COMPOSER.compose(
                request(fixes(3)),
                SimulatedBuilder.withBad(),
                Context.standard().with(token));

        assertThat(composition.outcome()).isInstanceOf(BuildOutcome.Cancelled.class);
    }
}
