package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.testkit.sample.Cves;
import org.tuxtape.testkit.sample.Verdicts;

/**
 * The rules of {@link Prioritizer} as tests.
 *
 * <pre>{@code
 * final class MyPrioritizerTest extends PrioritizerContract {
 *     @Override
 *     protected Prioritizer prioritizer() {
 *         return new MyPrioritizer();
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public abstract class PrioritizerContract {
    private static final long SEED = 1;
    private static final int CVES = 10;
    private static final int VERDICTS = 18;

    private record Question(Cve cve, Verdict verdict) {}

    /** Creates the test. */
    protected PrioritizerContract() {}

    /**
     * Returns what is to be tested; called by each test anew, after the set-up methods of the subclass.
     *
     * @return the prioritizer
     */
    protected abstract Prioritizer prioritizer();

    /**
     * Says why even a CVE of which nothing but the id is known, with a verdict without evidence, has a score.
     *
     * @return one sentence; empty, unless overridden, if it has none
     */
    protected Optional<String> whyScoreWithoutEvidence() {
        return Optional.empty();
    }

    @Test
    @DisplayName("PR-1 equal arguments get equal priorities, whatever was asked before")
    final void pr1_equalArgumentsGetEqualPriorities() {
        repetition().again();
    }

    @Test
    @DisplayName("PR-1 the order of the questions does not matter")
    final void pr1_theOrderOfTheQuestionsDoesNotMatter() {
        repetition().inAnotherOrder();
    }

    @Test
    @DisplayName("PR-1 the thread does not matter")
    final void pr1_theThreadDoesNotMatter() throws InterruptedException, ExecutionException {
        repetition().bySeveralThreads();
    }

    private Repetition<Question> repetition() {
        Prioritizer prioritizer = prioritizer();
        return new Repetition<>(
                PrioritizerContract::questions, question -> prioritizer.priority(question.cve(), question.verdict()));
    }

    @Test
    @DisplayName("PR-2 there is an answer for every CVE and verdict")
    final void pr2_thereIsAnAnswerForEveryCveAndVerdict() {
        Prioritizer prioritizer = prioritizer();
        for (Question question : questions()) {
            assertThatCode(() -> assertThat(prioritizer.priority(question.cve(), question.verdict()))
                            .isNotNull())
                    .as("the priority of %s", question.cve().id())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("PR-3 where everything is missing there is no score")
    final void pr3_whereEverythingIsMissingThereIsNoScore() {
        whyScoreWithoutEvidence().ifPresent(why -> abort("PR-3 is not checked: " + why));
        Priority priority = prioritizer().priority(Cves.bare(), Verdicts.empty());
        assertThat(priority.score()).as("score without evidence").isEmpty();
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (Cve cve : Cves.spread(SEED, CVES)) {
            for (Verdict verdict : Verdicts.spread(SEED, VERDICTS)) {
                questions.add(new Question(cve, verdict));
            }
        }
        return questions;
    }
}
