package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.feeds.fixture.GitTree;

/** Needs the real tree; the system property {@code tuxtape.corpus} says where it is. */
@DisplayName("The real tree in a repository")
class CnaRepositoryCorpusTest {
    private static final Pattern FIRST_HALF = Pattern.compile(".*CVE-\\d+-\\d*[02468](\\..*)?");

    @TempDir
    Path directory;

    @Test
    @DisplayName("gives what its archive does, and behind the first commit exactly what the second one adds")
    void isReadByCommit() throws IOException {
        Path archive = Corpus.file("vulns.tar.xz");
        GitTree tree = GitTree.create(directory.resolve("vulns.git"));
        CnaRepository repository = CnaRepository.of(tree.path());

        add(archive, tree, FIRST_HALF.asMatchPredicate());
        Map<String, Integer> first = new HashMap<>();
        Cursor cursor = read(repository, Cursor.START, first);
        add(archive, tree, FIRST_HALF.asMatchPredicate().negate());
        Map<String, Integer> second = new HashMap<>();
        Cursor end = read(repository, cursor, second);

        Map<String, Integer> all = new HashMap<>();
        assertThat(read(repository, Cursor.START, all)).isEqualTo(end);
        assertThat(all).hasSize(13_673);
        assertThat(first)
                .hasSizeBetween(6_000, 7_500)
                .doesNotContainKeys(second.keySet().toArray(String[]::new));
        assertThat(all).containsAllEntriesOf(first).containsAllEntriesOf(second);
        assertThat(first.size() + second.size()).isEqualTo(all.size());
        Map<String, Integer> packed = new HashMap<>();
        read(CnaTree.of(archive), Cursor.START, packed);
        assertThat(all).isEqualTo(packed);
    }

    /** Reads to the end; what each element says is kept by its place, in short. */
    private static Cursor read(CveSource source, Cursor after, Map<String, Integer> elements) {
        Cursor cursor = after;
        try (CveStream stream = source.open(after, Context.standard())) {
            while (stream.hasNext()) {
                CveEvent event = stream.next();
                cursor = event.cursor();
                assertThat(event).isNotInstanceOf(CveEvent.Unreadable.class);
                int content = event instanceof CveEvent.Published published
                        ? Objects.hash(published.cve(), published.remarks())
                        : ((CveEvent.Rejected) event).title().hashCode();
                assertThat(elements.put(event.origin().location(), content)).isNull();
            }
        }
        return cursor;
    }

    /** Adds a commit with some of the files. */
    private static void add(Path archive, GitTree tree, Predicate<String> chosen) throws IOException {
        Process git = tree.start("fast-import", "--quiet", "--date-format=raw");
        try (OutputStream out = new BufferedOutputStream(git.getOutputStream(), 1 << 16);
                InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(in))) {
            print(out, "commit refs/heads/master\ncommitter S <s@example.org> 1700000000 +0000\ndata 0\n");
            print(out, existing(tree));
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.isFile() && chosen.test(entry.getName())) {
                    byte[] content = entries.readAllBytes();
                    print(out, "M 100644 inline " + entry.getName() + "\ndata " + content.length + "\n");
                    out.write(content);
                    print(out, "\n");
                }
            }
        }
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.onExit().join().exitValue()).as(said).isZero();
    }

    private static String existing(GitTree tree) {
        return Files.exists(tree.path().resolve("refs/heads/master")) ? "from refs/heads/master^0\n" : "";
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
