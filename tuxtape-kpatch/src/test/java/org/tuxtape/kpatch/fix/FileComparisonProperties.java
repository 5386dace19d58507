package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.ApplyOutcome;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.FileMode;

/** What a comparison writes makes the newer text of the older one, and the older one of the newer. */
final class FileComparisonProperties {
    private static final FileMode PLAIN = new FileMode("100644");

    @Provide
    Arbitrary<Optional<String>> texts() {
        // Few different lines, so that two texts have much in common and much that repeats.
        Arbitrary<String> line = Arbitraries.of("int f(void)", "{", "}", "", "\tx++;", "a\r", "\u00ff", "@@", "-- ");
        Arbitrary<String> text = Combinators.combine(line.list().ofMaxSize(30), Arbitraries.of(true, false))
                .as((lines, ended) -> {
                    String joined = String.join("\n", lines);
                    return ended && !joined.isEmpty() ? joined + "\n" : joined;
                });
        return text.optional(0.9);
    }

    private static Optional<FileVersion> version(Optional<String> text) {
        return text.map(content -> new FileVersion(PLAIN, Optional.empty(), content));
    }

    @Property(tries = 500)
    void aDiffMakesTheNewerTextOfTheOlder(
            @ForAll("texts") Optional<String> older, @ForAll("texts") Optional<String> newer) {
        List<FileDiff> diffs =
                FileComparison.between(new DiffPath("x.c"), version(older), version(newer), CancellationToken.never());

        assertThat(diffs).hasSize(older.equals(newer) ? 0 : 1);
        for (FileDiff diff : diffs) {
            FileDiff read = Diff.parse(diff.toText()).files().get(0);
            assertThat(read).isEqualTo(diff);
            assertThat(applied(read, older)).isEqualTo(newer);
            assertThat(applied(read.reversed(), newer)).isEqualTo(older);
        }
    }

    private static Optional<String> applied(FileDiff diff, Optional<String> text) {
        ApplyOutcome outcome = diff.applyTo(text, 0);
        assertThat(outcome).as(diff.toText()).isInstanceOf(ApplyOutcome.Applied.class);
        return ((ApplyOutcome.Applied) outcome).content();
    }
}
