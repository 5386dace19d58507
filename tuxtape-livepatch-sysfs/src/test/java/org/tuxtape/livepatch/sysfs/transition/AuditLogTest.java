package org.tuxtape.livepatch.sysfs.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.text.Stanza;

class AuditLogTest {
    private static final Stanza ONE = Stanza.empty().with("Who", "ada").with("Why", "a kthread\nthat never wakes");
    private static final Stanza OTHER = Stanza.empty().with("Who", "grace");

    @TempDir
    Path directory;

    @Test
    void entries_are_appended_to_what_is_there() throws IOException {
        Path file = directory.resolve("audit");

        AuditLog.toFile(file).append(ONE);
        AuditLog.toFile(file).append(OTHER);

        assertThat(Stanza.parseAll(Files.readString(file))).containsExactly(ONE, OTHER);
    }

    @Test
    void only_the_owner_reads_it() throws IOException {
        Path file = directory.resolve("audit");

        AuditLog.toFile(file).append(ONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_log_that_cannot_be_written_says_so() {
        AuditLog log = AuditLog.toFile(directory.resolve("missing").resolve("audit"));

        assertThatThrownBy(() -> log.append(ONE)).isInstanceOf(IOException.class);
    }
}
