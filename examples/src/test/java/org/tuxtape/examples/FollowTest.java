package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.mail.MaildirSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A service that follows an archive")
class FollowTest {
    private static final int MAILS = 400;
    private static final int KILLS = 20;
    private static final int AHEAD = 5;

    @TempDir
    Path directory;

    private Path folder;
    private Path ledger;

    @BeforeEach
    void deliver() throws IOException {
        folder = directory.resolve("mail");
        Files.createDirectories(folder.resolve("cur"));
        Files.createDirectories(folder.resolve("new"));
        ledger = directory.resolve("ledger");
    }

    private void deliver(int first, int last) throws IOException {
        for (int number = first; number <= last; number++) {
            Files.writeString(
                    folder.resolve("new").resolve(1_700_000_000 + number + ".M1P1.host"),
                    "From: a@example.org\nMessage-ID: <" + number + "@example.org>\nSubject: hello\n\nNothing.\n");
        }
    }

    @Test
    @DisplayName("takes each mail once, over restarts")
    void overRestarts() throws IOException {
        deliver(1, 3);
        follow();
        deliver(4, 5);
        follow();
        follow();

        assertThat(taken()).isEqualTo(allUpTo(5));
    }

    @Test
    @DisplayName("takes a mail again whose line was cut off by a crash")
    void afterACrash() throws IOException {
        deliver(1, 3);
        follow();
        byte[] whole = Files.readAllBytes(ledger);
        Files.write(ledger, Arrays.copyOf(whole, whole.length - 10));

        follow();

        assertThat(Files.readAllBytes(ledger)).isEqualTo(whole);
    }

    @Test
    @DisplayName("loses and repeats none, though it is killed again and again wherever it is")
    void killed() throws Exception {
        deliver(1, MAILS);
        Random random = new Random(20_240_217);
        for (int kill = 0; kill < KILLS; kill++) {
            Process service = start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.US_ASCII))) {
                int left = 1 + random.nextInt(MAILS / KILLS - AHEAD);
                // It may be some mails ahead when it is killed, but not so many that none are left for the last kill.
                service.getOutputStream().write(new byte[left + random.nextInt(AHEAD)]);
                service.getOutputStream().flush();
                while (left > 0 && lines.readLine() != null) {
                    left--;
                }
                assertThat(left)
                        .as("mails that the service should have taken yet")
                        .isZero();
                service.destroyForcibly().waitFor();
            }
        }
        follow();

        assertThat(taken()).isEqualTo(allUpTo(MAILS));
    }

    /** In a process of its own, on the class path: its kill is that of the system. */
    private Process start() throws IOException {
        List<String> path = new ArrayList<>();
        for (Class<?> type : List.of(Follow.class, FollowTest.class)) {
            path.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .toString());
        }
        path.add(System.getProperty("java.class.path"));
        path.add(System.getProperty("jdk.module.path", ""));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(File.pathSeparator, path),
                        FollowProgram.class.getName(),
                        folder.toString(),
                        ledger.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void follow() throws IOException {
        Follow.once(MaildirSource.of(folder), new Follow.FileLedger(ledger), Context.standard());
    }

    private List<String> taken() throws IOException {
        JsonMapper json = new JsonMapper();
        return Files.readAllLines(ledger).stream()
                .map(line -> json.readTree(line.substring(line.indexOf('\t') + 1))
                        .get("messageId")
                        .asString())
                .toList();
    }

    private static List<String> allUpTo(int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(number -> number + "@example.org")
                .toList();
    }
}
