package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.testkit.fake.FakeFixSource;

final class FixSourcesTest {
    private static final CommitId MAINLINE = CommitId.parse("aaaaaaaaaaaa");
    private static final CommitId STABLE = CommitId.parse("bbbbbbbbbbbb");
    private static final CommitId OWN = CommitId.parse("cccccccccccc");
    private static final Cve CVE = Cve.builder(new CveId(2024, 5000))
            .ranges(
                    Examples.fixedIn("6.7", MAINLINE),
                    Examples.fixedIn("6.8.3", STABLE),
                    Examples.fixedIn("6.6.21", OWN))
            .build();

    @TempDir
    Path directory;

    private static FixSource having(CommitId commit, String branch, String subject) {
        FixCommit fix = new FixCommit(Optional.of(commit), subject, "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\n");
        return FakeFixSource.builder()
                .fix(new Fix(CVE.id(), KernelVersion.parse(branch), List.of(fix)))
                .build();
    }

    private static final FixSource EMPTY = FakeFixSource.builder().relaxed().build();

    private static FixSource broken(String name) {
        return (cve, kernel, context) -> {
            throw new SourceException(new SourceId(name), SourceException.Fault.IO, name + " is broken.");
        };
    }

    private static FixLookup find(FixSource... sources) {
        return Fixes.find(FixSources.firstOf(sources), CVE);
    }

    private static String subject(Fix fix) {
        return fix.commits().get(0).subject();
    }

    @Test
    void aFixOfTheOwnBranchFromAnySourceGoesFirst() {
        assertThat(subject(Fixes.found(find(
                        having(MAINLINE, "6.7", "mainline"),
                        having(STABLE, "6.8", "stable"),
                        having(OWN, "6.6", "own")))))
                .isEqualTo("own");
    }

    @Test
    void aNewerBranchGoesBeforeMainlineEvenIfMainlineIsNearer() {
        assertThat(subject(Fixes.backport(find(having(MAINLINE, "6.7", "mainline"), having(STABLE, "6.8", "stable")))))
                .isEqualTo("stable");
    }

    @Test
    void amongEqualsTheFirstSourceWins() {
        assertThat(subject(Fixes.found(find(having(OWN, "6.6", "first"), having(OWN, "6.6", "second")))))
                .isEqualTo("first");
        assertThat(subject(Fixes.backport(find(having(STABLE, "6.8", "first"), having(STABLE, "6.8", "second")))))
                .isEqualTo("first");
    }

    @Test
    void behindAFixOfTheOwnBranchNobodyIsAsked() {
        AtomicInteger asked = new AtomicInteger();
        FixSource counting = (cve, kernel, context) -> {
            asked.incrementAndGet();
            return new FixLookup.Missing("No.");
        };

        Fixes.found(find(having(OWN, "6.6", "own"), counting));

        assertThat(asked).hasValue(0);
    }

    @Test
    void aBrokenSourceHidesNothing() {
        assertThat(subject(Fixes.found(find(broken("one"), having(OWN, "6.6", "own")))))
                .isEqualTo("own");
        assertThat(find(broken("one"), having(STABLE, "6.8", "stable")))
                .isInstanceOfSatisfying(
                        FixLookup.NeedsBackport.class,
                        found -> assertThat(found.reason()).contains("one is broken."));
    }

    @Test
    void whereABrokenSourceMightHaveHadOneNobodySaysThatThereIsNone() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> find(broken("one"), EMPTY, broken("two")))
                .withMessage("one is broken.")
                .satisfies(fault -> assertThat(fault.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("two is broken."));
    }

    @Test
    void whereNobodyHasOneAllSayWhy() {
        assertThat(Fixes.reason(find(EMPTY, PatchFixSource.of(directory))))
                .contains("Not set up.")
                .contains("here");
    }

    @Test
    void cancellationIsPassedOnAtOnce() {
        FixSource cancelled = (cve, kernel, context) -> {
            throw new CancelledException();
        };
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> find(cancelled, having(OWN, "6.6", "own")));
    }

    @Test
    void thereIsAtLeastOneSource() {
        assertThatIllegalArgumentException().isThrownBy(() -> FixSources.firstOf(List.of()));
    }
}
