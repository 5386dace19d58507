package org.tuxtape.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.mail.fixture.AnnouncementPrinter;
import org.tuxtape.mail.fixture.Cves;
import org.tuxtape.mail.fixture.InboxProgram;
import org.tuxtape.mail.fixture.InboxRepository;
import org.tuxtape.mail.fixture.Reading;

/** Archives that git itself packed; needs git. */
@DisplayName("An archive of public-inbox that git packed")
class PublicInboxProgramTest {
    @TempDir
    Path directory;

    private Path repository;
    private Path home;
    private Path started;
    private Path programs;

    @BeforeEach
    void write() throws IOException {
        repository = directory.resolve("0.git");
        home = Files.createDirectories(directory.resolve("home"));
        started = directory.resolve("started");
        programs = Files.createDirectories(directory.resolve("bin"));
        try (InboxRepository inbox = InboxRepository.create(repository)) {
            inbox.add(mail(1));
            inbox.add(mail(2));
        }
    }

    private static String mail(int number) {
        return AnnouncementPrinter.mail(Cves.numbered(number));
    }

    private void pack(Path where) throws IOException {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(path -> Path.of(path, "git")))
                .as("skipped: there is no program git")
                .anyMatch(Files::isExecutable);
        run(List.of("git", "--git-dir=" + where, "gc", "--quiet", "--prune=now"), System.getenv("PATH"));
    }

    private String run(List<String> command, String path) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CONFIG_HOME");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
        return output;
    }

    @Test
    @DisplayName("is read as one with loose objects, also while git packs it, or borrows from another")
    void packed() throws IOException {
        List<String> loose = Reading.of(PublicInboxSource.of(repository)).summary();
        Path borrower = directory.resolve("1.git");
        try (InboxRepository inbox = InboxRepository.create(borrower)) {
            Files.writeString(borrower.resolve("objects/info/alternates"), repository.resolve("objects") + "\n");
            inbox.add(mail(1));
            inbox.add(mail(2));
        }
        try (var stream = PublicInboxSource.of(repository).open(Cursor.START, Context.standard())) {
            stream.next();
            pack(repository);
            assertThat(stream.next().origin().messageId()).isPresent();
        }
        pack(borrower);

        assertThat(Reading.of(PublicInboxSource.of(repository)).summary())
                .isEqualTo(loose)
                .containsExactly("+CVE-2025-20001", "+CVE-2025-20002");
        assertThat(Reading.of(PublicInboxSource.of(borrower)).summary()).isEqualTo(loose);
    }

    @Test
    @DisplayName("is read without starting a program, whatever the user has configured, and nothing is written")
    void nothingIsStarted() throws IOException {
        pack(repository);
        try (InboxRepository inbox = InboxRepository.create(directory.resolve("1.git"))) {
            inbox.add(mail(3));
        }
        Path trap = programs.resolve("git");
        Files.writeString(trap, "#!/bin/sh\necho >" + started + "\n");
        Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve(".gitconfig"), "[broken\n");
        Files.writeString(repository.resolve("config"), "[broken\n");

        String read = run(java(InboxProgram.class, directory.toString()), programs.toString());

        assertThat(read.lines()).containsExactly("+CVE-2025-20001", "+CVE-2025-20002", "+CVE-2025-20003");
        assertThat(started).doesNotExist();
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve(".gitconfig"));
        }
    }

    @Test
    @DisplayName("springs the trap of that test where JGit opens it by itself")
    void theTrapSprings() throws IOException {
        Path trap = programs.resolve("git");
        Files.writeString(trap, "#!/bin/sh\necho >" + started + "\n");
        Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwxr-xr-x"));

        run(java(Opener.class, repository.toString()), programs.toString());

        assertThat(started).exists();
    }

    /** Opens a repository as JGit does. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) throws IOException {
            new FileRepositoryBuilder()
                    .setGitDir(new File(arguments[0]))
                    .build()
                    .close();
        }
    }

    /** In a process of its own, on the class path. */
    private static List<String> java(Class<?> program, String argument) {
        List<String> path = new ArrayList<>();
        for (Class<?> type : List.of(PublicInboxSource.class, PublicInboxProgramTest.class)) {
            path.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .toString());
        }
        path.add(System.getProperty("java.class.path"));
        path.add(System.getProperty("jdk.module.path", ""));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, path),
                program.getName(),
                argument);
    }
}
