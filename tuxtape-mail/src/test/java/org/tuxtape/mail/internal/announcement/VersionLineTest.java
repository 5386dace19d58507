package org.tuxtape.mail.internal.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.mail.fixture.Cves.change;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

@DisplayName("A version line")
class VersionLineTest {
    private static final String FULL = "0123456789abcdef0123456789abcdef01234567";

    static Stream<Arguments> understood() {
        return Stream.of(
                line(
                        "Issue introduced in 5.10 with commit " + FULL + " and fixed in 6.1.74 with commit " + FULL,
                        AffectedRange.of(change("5.10", FULL), change("6.1.74", FULL))),
                line(
                        "Issue introduced in 2.6.12 with commit 0123456789ab and fixed in 6.8-rc1 with commit 1123456789ab",
                        AffectedRange.of(change("2.6.12", "0123456789ab"), change("6.8-rc1", "1123456789ab"))),
                line(
                        "Issue introduced in 6.9-rc1 with commit 0123456789ab and fixed in 6.9 with commit 1123456789ab",
                        AffectedRange.of(change("6.9-rc1", "0123456789ab"), change("6.9", "1123456789ab"))),
                line(
                        "Fixed in 5.15.148 with commit 0123456789ab",
                        AffectedRange.fixedBy(change("5.15.148", "0123456789ab"))),
                line(
                        "Issue introduced in 5.4.180 with commit 0123456789ab",
                        AffectedRange.unfixedSince(change("5.4.180", "0123456789ab"))),
                line(
                        "Issue introduced in 5.12 with commit c33b1cc62 and fixed in 5.13 with commit 0123456",
                        AffectedRange.of(change("5.12", "c33b1cc62"), change("5.13", "0123456"))),
                line(
                        "Issue introduced in v6.9-rc1~118 with commit f5c31bcf604d and fixed in 6.9.2 with commit d20013259539",
                        AffectedRange.of(change("6.9-rc1", "f5c31bcf604d"), change("6.9.2", "d20013259539"))),
                line(
                        "Issue introduced in v5.3~8^2~1 with commit 0123456789ab",
                        AffectedRange.unfixedSince(change("5.3", "0123456789ab"))),
                line(
                        "Issue fixed in mainline with commit 5df5daf",
                        AffectedRange.fixedBy(Change.of(CommitId.parse("5df5daf")))),
                line("Fixed in 6.7 with commit 0123456789AB", AffectedRange.fixedBy(change("6.7", "0123456789ab"))),
                line("Fixed  in\t6.7 with   commit 0123456789ab", AffectedRange.fixedBy(change("6.7", "0123456789ab"))),
                line("All released kernel versions are affected.", AffectedRange.EVERYTHING));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("understood")
    @DisplayName("is understood")
    void isUnderstood(String text, AffectedRange range) {
        assertThat(VersionLine.parse(text)).hasValueSatisfying(line -> {
            assertThat(line.range()).isEqualTo(range);
            assertThat(line.doubts()).isEmpty();
        });
    }

    static Stream<Arguments> understoodInPart() {
        AffectedRange fixedAlone = AffectedRange.fixedBy(change("5.13", "a97709f563a0"));
        AffectedRange withoutCommit =
                AffectedRange.of(Change.of(KernelVersion.parse("5.1")), change("5.13", "a97709f563a0"));
        return Stream.of(
                line(
                        "Issue introduced in 5.1 with commit rewrote and fixed in 5.13 with commit a97709f563a0",
                        withoutCommit),
                line("Issue introduced in 5.1 with commit  and fixed in 5.13 with commit a97709f563a0", withoutCommit),
                line("Issue introduced in 5.1 and fixed in 5.13 with commit a97709f563a0", withoutCommit),
                line(
                        "Issue introduced in 5.1 with commit 000000000000 and fixed in 5.13 with commit a97709f563a0",
                        withoutCommit),
                line("Issue introduced in with commit and fixed in 5.13 with commit a97709f563a0", fixedAlone),
                line(
                        "Issue introduced in five with commit none and fixed in 5.13 with commit a97709f563a0",
                        fixedAlone),
                line(
                        "Issue introduced in five with commit a97709f563a0",
                        AffectedRange.unfixedSince(Change.of(CommitId.parse("a97709f563a0")))),
                line(
                        "Issue introduced in 5.1 with commit a97709f563a0 and fixed in later with commit unknown",
                        AffectedRange.unfixedSince(change("5.1", "a97709f563a0"))),
                line(
                        "Issue introduced in 5.1 with commit a97709f563a0 and reverted in 5.2",
                        AffectedRange.unfixedSince(change("5.1", "a97709f563a0"))),
                line("Fixed in 5.13 with commit a97709f563a0 (partially)", fixedAlone),
                line("Fixed in 5.13", AffectedRange.fixedBy(Change.of(KernelVersion.parse("5.13")))),
                line(
                        "Fixed in v6.9-118-g0123456 with commit a97709f563a0",
                        AffectedRange.fixedBy(Change.of(CommitId.parse("a97709f563a0")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("understoodInPart")
    @DisplayName("that is understood in part gives the wider range and says what is missing")
    void isUnderstoodInPart(String text, AffectedRange range) {
        assertThat(VersionLine.parse(text)).hasValueSatisfying(line -> {
            assertThat(line.range()).isEqualTo(range);
            assertThat(line.doubts()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not affected: 5.10",
                "Issue introduced",
                "Issue introduced in",
                "Issue introduced in five with commit none",
                "Issue fixed in mainline with commit 0000000",
                "Fixed in",
                "Fixedin 5.10 with commit a97709f563a0",
                "All released kernel versions are affected",
                "with commit a97709f563a0"
            })
    @DisplayName("that says nothing is not understood")
    void isNotUnderstood(String text) {
        assertThat(VersionLine.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("says which end is in doubt")
    void namesTheDoubt() {
        assertThat(VersionLine.parse("Issue introduced in 5.1 with commit rewrote and fixed in x with commit 0123456"))
                .hasValueSatisfying(line -> assertThat(line.doubts())
                        .containsExactly(
                                "The introducing commit is not named by an id.",
                                "The fixing version is not understood."));
    }

    private static Arguments line(String text, AffectedRange range) {
        return Arguments.of(text, range);
    }
}
