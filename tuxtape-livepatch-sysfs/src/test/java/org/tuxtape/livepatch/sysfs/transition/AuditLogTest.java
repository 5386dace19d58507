package org.tuxtape.livepatch.sysfs.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

    @Test
    void an_entry_that_was_torn_spoils_no_other() throws IOException {
        Path file = Files.writeString(directory.resolve("audit"), "Who: a");

        AuditLog.toFile(file).append(OTHER);

        assertThat(Stanza.parseAll(Files.readString(file))).hasSize(2).endsWith(OTHER);
    }

    @Test
    void no_link_is_followed() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("audit"), directory.resolve("elsewhere"));

        assertThatThrownBy(() -> AuditLog.toFile(link).append(ONE)).isInstanceOf(IOException.class);
        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    @Test
    @Timeout(60)
    void a_pipe_is_refused_and_not_waited_for() throws Exception {
        Path pipe = directory.resolve("audit");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> AuditLog.toFile(pipe).append(ONE)).isInstanceOf(IOException.class);
    }
}
