package org.tuxtape.testkit.contract;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Prioritizers.Weighted;
import org.tuxtape.core.triage.Priority;

/** What comes with the core, under the contracts that everybody else has to keep. */
@DisplayName("the core keeps its own rules")
final class CoreKeepsTheRulesTest {

    @Nested
    final class StandardPrioritizer extends PrioritizerContract {
        @Override
        protected Prioritizer prioritizer() {
            return Prioritizers.standard();
        }
    }

    @Nested
    final class ComposedPrioritizer extends PrioritizerContract {
        @Override
        protected Prioritizer prioritizer() {
            Prioritizer first = Prioritizers.firstDecisive(Prioritizers.cvss(), Prioritizers.attackSurface());
            Prioritizer raised = Prioritizers.boost(first, Prioritizers.exposure());
            return Prioritizers.weighted(new Weighted(Prioritizers.cap(raised, 70, "limit"), 1e-300));
        }
    }

    @Nested
    final class ConstantPrioritizer extends PrioritizerContract {
        @Override
        protected Prioritizer prioritizer() {
            return Prioritizers.cap((cve, verdict) -> Priority.of(100, "all", "Everything counts."), 0, "none");
        }

        @Override
        protected Optional<String> whyScoreWithoutEvidence() {
            return Optional.of("It judges nothing.");
        }
    }

    @Nested
    final class UnknownProfile extends BuildProfileContract {
        @Override
        protected BuildProfileSubject subject() {
            KernelBuild kernel = KernelBuild.of(KernelVersion.parse("6.8-rc1"));
            return BuildProfileSubject.of(BuildProfile.unknown(kernel).as(kernel))
                    .noCompiled("Only the version is known.")
                    .noIncluded("Only the version is known.")
                    .noAbsent("Only the version is known.")
                    .configUnknown();
        }
    }
}
