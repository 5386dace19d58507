package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;
import org.tuxtape.testkit.ManualClock;

/** Two programs change an archive: the one is a process of its own, which has read the policy and thinks about the next. */
class TwoProgramsTest {
    private PatchArchive archive;
    private Process other;
    private BufferedReader told;

    @BeforeEach
    void letTheOtherBegin(@TempDir Path home) throws IOException {
        Context context = Context.standard();
        Keys keys = PublishingProcess.keys(home);
        archive = PublishingProcess.archive(home);
        archive.create(keys.firstRoot(context.clock().instant()), context);
        archive.changePolicy(before -> "the first\n", context);
        other = PublishingProcess.addingToThePolicy(home);
        told = other.inputReader();
        assertThat(told.readLine()).isEqualTo("begun");
    }

    @AfterEach
    void endTheOther() throws IOException, InterruptedException {
        other.destroyForcibly().waitFor();
        told.close();
    }

    @Test
    void neitherLosesWhatTheOtherWithdrew() throws InterruptedException {
        // Whoever has to wait lets the other come to its end.
        Context waiting = Context.standard().sleepingBy(nap -> letTheOtherEnd());

        archive.changePolicy(before -> before.orElseThrow() + "ours is withdrawn\n", waiting);

        letTheOtherEnd();
        assertThat(archive.policy()).contains("the first\ntheirs is withdrawn\nours is withdrawn\n");
    }

    @Test
    void whoeverWaitsForTooLongIsToldForWhom() {
        // A minute passes at once.
        Context impatient = ManualClock.create().context();

        assertThat(catchThrowableOfType(
                        ArchiveException.class, () -> archive.changePolicy(before -> "ours\n", impatient)))
                .returns(Fault.LOCKED, ArchiveException::fault)
                .hasMessageContaining("process " + other.pid());
        assertThat(archive.policy()).contains("the first\n");
    }

    private void letTheOtherEnd() throws InterruptedException {
        if (other.isAlive()) {
            try (OutputStream input = other.getOutputStream()) {
                input.write("theirs is withdrawn\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(other.waitFor()).isZero();
    }
}
