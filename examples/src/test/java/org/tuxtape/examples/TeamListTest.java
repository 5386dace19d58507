package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

/** A source of one's own is held to the rules by extending the contract, and then tested for what is its own. */
// snippet: source-contract
class TeamListTest extends CveSourceContract {
    private static final String LINES = """
            CVE-2026-1000 | nfsd: a reply may be sent twice | fs/nfsd/nfscache.c fs/nfsd/nfssvc.c
            somebody wrote this in a hurry
            CVE-2026-1001 | rejected
            CVE-2026-1002 | tun: a queue may be freed too early | drivers/net/tun.c
            """;

    @TempDir
    private Path directory;

    private Path list = Path.of("");

    @BeforeEach
    void write() throws IOException {
        list = Files.writeString(directory.resolve("list"), LINES);
        Files.writeString(directory.resolve("cut off"), LINES.substring(0, LINES.length() - 5));
    }

    @Override
    protected CveSourceSubject subject() {
        return CveSourceSubject.of(() -> new TeamList(list))
                .published("CVE-2026-1000")
                .unreadable()
                .rejected("CVE-2026-1001")
                .published("CVE-2026-1002")
                .missingArchive(new TeamList(directory.resolve("nowhere")))
                .truncatedArchive(new TeamList(directory.resolve("cut off")), 3)
                .openHandles(this::openings);
    }
    // end

    private long openings() {
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.filter(this::isTheList).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTheList(Path handle) {
        try {
            return Files.readSymbolicLink(handle).equals(list);
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @Test
    void aLineThatWasAddedIsAllThatIsNew() throws IOException {
        Cursor end = elements(Cursor.START).get(3).cursor();
        Files.writeString(list, "CVE-2026-1003 | rejected\n", StandardOpenOption.APPEND);

        assertThat(elements(end))
                .singleElement()
                .isInstanceOfSatisfying(
                        CveEvent.Rejected.class,
                        rejected -> assertThat(rejected.id()).isEqualTo(CveId.parse("CVE-2026-1003")));
    }

    @Test
    void aLineThatWasChangedMakesThePlacesBehindItStale() throws IOException {
        Cursor end = elements(Cursor.START).get(3).cursor();
        Files.writeString(list, LINES.replace("twice", "thrice"));

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> elements(end))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(SourceException.Fault.STALE_CURSOR));
    }

    @Test
    void aFileThatNeverEndsItsLineIsNotRead() throws IOException {
        Files.writeString(list, "x".repeat(100_000));

        assertThat(CveCatalog.of(new TeamList(list)).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(SourceException.Fault.LIMIT_EXCEEDED));
    }

    private List<CveEvent> elements(Cursor after) {
        try (CveStream stream = new TeamList(list).open(after, Context.standard())) {
            return Stream.generate(() -> stream)
                    .takeWhile(CveStream::hasNext)
                    .map(CveStream::next)
                    .toList();
        }
    }
}
