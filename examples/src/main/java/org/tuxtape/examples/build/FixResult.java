package org.tuxtape.examples.build;

import java.time.Duration;
import java.util.Optional;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.kpatch.compose.CompositionOutcome;
import org.tuxtape.kpatch.compose.Included;
import org.tuxtape.kpatch.compose.LeftOut;
import org.tuxtape.kpatch.lint.LintReport;

/** What became of something that was wanted. */
sealed interface FixResult {

    /** Tells whether it is as the caller wants it, or the kernel needs nothing. */
    boolean isFine();

    /** There is no fix. */
    record NotFound(Wanted.Missing missing) implements FixResult {
        @Override
        public boolean isFine() {
            return false;
        }
    }

    /** The lint says that no module can come of it, so none was built. */
    record Hopeless(Wanted.Fixed fix, LintReport lint) implements FixResult {
        @Override
        public boolean isFine() {
            return false;
        }
    }

    /** The lint says that nothing of it is compiled, so nothing was built. */
    record Idle(Wanted.Fixed fix, LintReport lint) implements FixResult {
        @Override
        public boolean isFine() {
            return true;
        }
    }

    /** Nothing speaks against building it; the lint says nothing of a fix that is no diff. */
    record Hopeful(Wanted.Fixed fix, Optional<LintReport> lint) implements FixResult {
        @Override
        public boolean isFine() {
            return true;
        }
    }

    /** A build of this fix alone. */
    record Alone(Hopeful hopeful, LivepatchName name, BuildKey key, BuildOutcome outcome, Duration took, boolean reused)
            implements FixResult {
        @Override
        public boolean isFine() {
            return outcome instanceof BuildOutcome.Built || outcome instanceof BuildOutcome.NoChange;
        }
    }

    /** It is in a module with others. */
    record Among(Hopeful hopeful, Included included) implements FixResult {
        @Override
        public boolean isFine() {
            return true;
        }
    }

    /** It is not in the module with others. */
    record Out(Hopeful hopeful, LeftOut leftOut) implements FixResult {
        @Override
        public boolean isFine() {
            return leftOut.reason() instanceof LeftOut.AlreadyThere || leftOut.reason() instanceof LeftOut.NoChange;
        }
    }

    /** The module with many fixes, whose results were told before. */
    record Together(LivepatchName name, CompositionOutcome outcome, int mostBuilds, Duration took)
            implements FixResult {
        @Override
        public boolean isFine() {
            return outcome instanceof CompositionOutcome.Built || outcome instanceof CompositionOutcome.Empty;
        }
    }
}
