package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.mail.fixture.Corpus;
import org.tuxtape.mail.fixture.Reading;

/** Needs the real archive of another list; the system property {@code tuxtape.corpus} says where it is. */
@DisplayName("A real archive of public-inbox")
class PublicInboxCorpusTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("of another list has an element for each of its messages, and none is an announcement")
    void everyMessageIsOneElement() throws Exception {
        unpack(Corpus.file("public-inbox-linux-csky-0.git.tar.xz"));
        Path archive;
        try (var files = Files.list(directory)) {
            archive = files.findFirst().orElseThrow();
        }

        Reading reading = Reading.of(PublicInboxSource.of(archive));

        assertThat(reading.fault()).isNull();
        assertThat(reading.elements())
                .hasSize(8330)
                .hasOnlyElementsOfType(CveEvent.Unreadable.class)
                .allSatisfy(element -> assertThat(element.origin().messageId()).isPresent());
        assertThat(Reading.of(
                                PublicInboxSource.of(archive),
                                reading.elements().get(8000).cursor())
                        .elements())
                .isEqualTo(reading.elements().subList(8001, 8330));
    }

    private void unpack(Path tar) throws Exception {
        try (InputStream in = Files.newInputStream(tar);
                TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = directory.resolve(entry.getName()).normalize();
                assertThat(path).startsWithRaw(directory);
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(entries, path);
                }
            }
        }
    }
}
