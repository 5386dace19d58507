package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Review.Decision;

class ReviewsTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);
    private static final Instant MONDAY = Instant.parse("2026-11-02T09:00:00Z");

    private static Review review(Decision decision, String sha256) {
        return new Review(decision, "Ada", "read line by line", MONDAY, sha256);
    }

    private static Manifest module(String sha256) {
        return new Manifest(
                new LivepatchName("livepatch_a"),
                sha256,
                KernelRelease.parse("6.1.192"),
                "6.1.192 SMP mod_unload",
                "kpatch-build 0.9.10",
                Optional.empty(),
                Replacement.REPLACE_ALL,
                new TreeMap<>(),
                new TreeSet<>());
    }

    @Test
    void whatNobodyLookedAtIsNotApproved() {
        assertThat(Reviews.none().approve(module(DIGEST))).isFalse();
        assertThat(Reviews.none().of(module(DIGEST))).isEmpty();
    }

    @Test
    void theLastReviewOfTheSameContentCounts() {
        Reviews reviews = Reviews.none().with(review(Decision.APPROVED, DIGEST));
        assertThat(reviews.approve(module(DIGEST))).isTrue();

        Reviews denied = reviews.with(review(Decision.DENIED, DIGEST)).with(review(Decision.APPROVED, OTHER));
        assertThat(denied.approve(module(DIGEST))).isFalse();
        assertThat(denied.of(module(DIGEST))).contains(review(Decision.DENIED, DIGEST));
        assertThat(denied.with(review(Decision.APPROVED, DIGEST)).approve(module(DIGEST)))
                .isTrue();
    }

    @Test
    void anApprovalSaysNothingAboutAnotherBuildOfTheSameFixes() {
        assertThat(Reviews.none().with(review(Decision.APPROVED, DIGEST)).approve(module(OTHER)))
                .isFalse();
    }

    @Test
    void oneMoreReviewLeavesTheTextBeforeItAsItWas() {
        Reviews one = Reviews.none().with(review(Decision.APPROVED, DIGEST));
        Reviews two = one.with(review(Decision.DENIED, DIGEST));

        assertThat(one.toText()).isEqualTo("""
                Format: tuxtape-review 1
                Decision: APPROVED
                Reviewer: Ada
                Reason: read line by line
                At: 2026-11-02T09:00:00Z
                SHA-256: %s
                """.formatted(DIGEST));
        assertThat(two.toText()).startsWith(one.toText());
        assertThat(Reviews.parse(two.toText())).isEqualTo(two);
        assertThat(Reviews.parse("")).isEqualTo(Reviews.none());
    }

    @Test
    void aReasonStandsOnOneLine() {
        Review review = new Review(Decision.DENIED, " Ada\n", "no:\n\nDecision: APPROVED", MONDAY, DIGEST);

        assertThat(review.reviewer()).isEqualTo("Ada");
        assertThat(Reviews.parse(Reviews.none().with(review).toText()).all()).containsExactly(review);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void aReviewNamesWhoDecidedAndWhy(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Review(Decision.APPROVED, blank, "why", MONDAY, DIGEST));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Review(Decision.APPROVED, "Ada", blank, MONDAY, DIGEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Format: tuxtape-review 2",
                "Format: tuxtape-review 1",
                "Format: tuxtape-review 1\nDecision: MAYBE\nReviewer: a\nReason: b\nAt: 2026-11-02T09:00:00Z\nSHA-256: 0",
                "Format: tuxtape-review 1\nDecision: DENIED\nReviewer: a\nReason: b\nAt: monday\nSHA-256: 0",
                "no stanza"
            })
    void whatIsNoReviewIsNotTakenForOne(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Reviews.parse(text));
    }

    @Test
    void reviewsLieBesideTheirModule() {
        assertThat(Reviews.beside(Path.of("patches/livepatch_a.ko")))
                .isEqualTo(Path.of("patches/livepatch_a.ko.reviews"));
    }
}
