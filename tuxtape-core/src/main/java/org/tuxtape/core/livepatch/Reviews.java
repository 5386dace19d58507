package org.tuxtape.core.livepatch;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.core.text.Stanza;

/**
 * All reviews of a livepatch, in the order in which they were made. They lie beside its manifest as a small text file that
 * only grows.
 *
 * @param all the oldest first
 * @since 0.1
 */
public record Reviews(List<Review> all) {
    /** What the name of a file of reviews ends with, see {@link #beside}. */
    public static final String SUFFIX = ".reviews";

    private static final String FORMAT = "tuxtape-review 1";

    /** Copies the list. */
    public Reviews {
        all = List.copyOf(all);
    }

    /**
     * Returns the reviews of what nobody has looked at.
     *
     * @return no reviews
     */
    public static Reviews none() {
        return new Reviews(List.of());
    }

    /**
     * Adds a review.
     *
     * @param review the newest
     * @return reviews that end with it
     */
    public Reviews with(Review review) {
        return new Reviews(Stream.concat(all.stream(), Stream.of(review)).toList());
    }

    /**
     * Finds the review that counts for a module: the last one of this very content.
     *
     * @param manifest the module
     * @return the review; empty if nobody has decided
     */
    public Optional<Review> of(Manifest manifest) {
        return all.stream()
                .filter(review -> review.sha256().equals(manifest.sha256()))
                .reduce((earlier, later) -> later);
    }

    /**
     * Tells whether a module may go on.
     *
     * @param manifest the module
     * @return whether the review that counts approves it
     */
    public boolean approve(Manifest manifest) {
        return of(manifest)
                .filter(review -> review.decision() == Decision.APPROVED)
                .isPresent();
    }

    /**
     * Writes them as text: one more review leaves the text before it as it was.
     *
     * @return a {@link Stanza} for each, each with the form and its version as the first field
     */
    public String toText() {
        return all.stream().map(Reviews::stanza).map(Stanza::toString).collect(Collectors.joining("\n"));
    }

    private static Stanza stanza(Review review) {
        return Stanza.empty()
                .with("Format", FORMAT)
                .with("Decision", review.decision().name())
                .with("Reviewer", review.reviewer())
                .with("Reason", review.reason())
                .with("At", review.at().toString())
                .with("SHA-256", review.sha256());
    }

    /**
     * Reads what {@link #toText()} has written.
     *
     * @param text the text, possibly empty
     * @return the reviews
     * @throws IllegalArgumentException if it is none, or one of a form that this version does not know
     */
    public static Reviews parse(String text) {
        return new Reviews(Stanza.parseAll(text).stream().map(Reviews::review).toList());
    }

    private static Review review(Stanza stanza) {
        if (!stanza.required("Format").equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "A review of the form '" + stanza.required("Format") + "' is not known.");
        }
        try {
            return new Review(
                    stanza.required("Decision", Decision.class),
                    stanza.required("Reviewer"),
                    stanza.required("Reason"),
                    Instant.parse(stanza.required("At")),
                    stanza.required("SHA-256"));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not a time: '" + stanza.required("At") + "'.", e);
        }
    }

    /**
     * Returns where the reviews of a module are looked for: {@code livepatch_a.ko.reviews} beside {@code livepatch_a.ko}.
     *
     * @param module the file of the module
     * @return the file of its reviews, which need not be there
     */
    public static Path beside(Path module) {
        return module.resolveSibling(module.getFileName() + SUFFIX);
    }
}
