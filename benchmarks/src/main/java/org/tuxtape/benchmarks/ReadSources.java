package org.tuxtape.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.mail.MaildirSource;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.mail.PublicInboxSource;

/**
 * Prints messages per second of the sources over the same year of announcements, of public-inbox beside git itself, and
 * of mailboxes at a server in this process: the median of several readings after half as many that warm up. Takes the folder to work in; what it made there is used again.
 */
public final class ReadSources {
    private static final int READINGS = 7;
    /** A mailbox is slower, and most of it is the server's doing: fewer of fewer messages tell as much. */
    private static final int MAILBOX_READINGS = 3;

    private static final int MAILBOX_MESSAGES = 1000;
    private static final double NANOS = 1e9;

    private ReadSources() {}

    /**
     * Measures and prints.
     *
     * @param arguments the folder to work in
     * @throws Exception if the inputs cannot be made or read
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<byte[]> mails = split(Inputs.plainArchive());
        Path maildir = folder.resolve("maildir");
        Path inbox = folder.resolve("0.git");
        if (!Files.exists(maildir)) {
            writeMaildir(maildir, mails);
            writeInbox(inbox, mails);
        }
        System.out.printf(Locale.ROOT, "%d messages%n", mails.size());
        double mbox = row("mbox", () -> read(MboxSource.of(Inputs.plainArchive())));
        double directory = row("Maildir", () -> read(MaildirSource.of(maildir)));
        double repository = row("public-inbox", () -> read(PublicInboxSource.of(inbox)));
        double git = row("git cat-file --batch, the same blobs", () -> catFile(inbox));
        try (MailHost host = MailHost.of(mails.subList(0, MAILBOX_MESSAGES))) {
            row("IMAP, 1000 messages", MAILBOX_READINGS, () -> read(host.imap()));
            row("POP3, 1000 messages", MAILBOX_READINGS, () -> read(host.pop3()));
        }
        ratio("Maildir / mbox", directory / mbox);
        ratio("public-inbox / mbox", repository / mbox);
        ratio("public-inbox / git cat-file", repository / git);
    }

    private static double row(String name, Callable<Integer> reading) throws Exception {
        return row(name, READINGS, reading);
    }

    private static double row(String name, int readings, Callable<Integer> reading) throws Exception {
        double[] seconds = new double[readings];
        int messages = 0;
        for (int i = -readings / 2; i < readings; i++) {
            long start = System.nanoTime();
            messages = reading.call();
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - start) / NANOS;
            }
        }
        Arrays.sort(seconds);
        double median = seconds[readings / 2];
        System.out.printf(Locale.ROOT, "  %-42s %10.0f messages/s%n", name, messages / median);
        return median;
    }

    private static void ratio(String name, double ratio) {
        System.out.printf(Locale.ROOT, "  %-42s %10.2f%n", name, ratio);
    }

    private static int read(CveSource source) {
        int elements = 0;
        try (CveStream events = source.open(Cursor.START, Context.standard())) {
            for (; events.hasNext(); events.next()) {
                elements++;
            }
        }
        return elements;
    }

    private static List<byte[]> split(Path archive) throws IOException {
        String text = Files.readString(archive, StandardCharsets.ISO_8859_1);
        return Stream.of(text.split("(?m)^From mboxrd@z Thu Jan  1 00:00:00 1970\n(?=From: )", -1))
                .filter(mail -> !mail.isEmpty())
                .map(mail -> mail.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static void writeMaildir(Path folder, List<byte[]> mails) throws IOException {
        Files.createDirectories(folder.resolve("new"));
        Files.createDirectories(folder.resolve("cur"));
        for (int i = 0; i < mails.size(); i++) {
            Files.write(folder.resolve("cur").resolve(1_700_000_000 + i + ".M1P1.host:2,S"), mails.get(i));
        }
    }

    /** By git itself, packed as a clone is. */
    private static void writeInbox(Path repository, List<byte[]> mails) throws IOException, InterruptedException {
        await(new ProcessBuilder("git", "init", "-q", "--bare", "-b", "master", repository.toString()));
        Process fast = new ProcessBuilder("git", "--git-dir=" + repository, "fast-import", "--quiet")
                .inheritIO()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        try (var out = fast.getOutputStream()) {
            for (int i = 0; i < mails.size(); i++) {
                byte[] mail = mails.get(i);
                out.write(("commit refs/heads/master\ncommitter a <a@example.org> " + (1_700_000_000 + i)
                                + " +0000\ndata 1\nm\nM 100644 inline m\ndata " + mail.length + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(mail);
                out.write('\n');
            }
        }
        if (fast.waitFor() != 0) {
            throw new IOException("git fast-import failed");
        }
        await(new ProcessBuilder("git", "--git-dir=" + repository, "gc", "--quiet"));
    }

    private static void await(ProcessBuilder command) throws IOException, InterruptedException {
        if (command.inheritIO().start().waitFor() != 0) {
            throw new IOException(command.command() + " failed");
        }
    }

    /** Names every message oldest first, as a script would, and takes in all that git prints. */
    private static int catFile(Path repository) throws IOException, InterruptedException {
        Process list = new ProcessBuilder("git", "--git-dir=" + repository, "rev-list", "--reverse", "master").start();
        List<String> commits;
        try (InputStream in = list.getInputStream()) {
            commits = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        Process cat = new ProcessBuilder("git", "--git-dir=" + repository, "cat-file", "--batch", "--buffer").start();
        Thread asking = new Thread(() -> {
            try (BufferedWriter out =
                    new BufferedWriter(new OutputStreamWriter(cat.getOutputStream(), StandardCharsets.US_ASCII))) {
                for (String commit : commits) {
                    out.write(commit + ":m\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asking.start();
        int messages = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(cat.getInputStream(), 1 << 16))) {
            for (int size = size(in); size >= 0; size = size(in)) {
                in.readFully(new byte[size + 1]);
                messages++;
            }
        }
        asking.join();
        return messages;
    }

    /** The size of the next object; -1 at the end. */
    private static int size(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return -1;
            }
            line.append((char) octet);
        }
        return Integer.parseInt(line.substring(line.lastIndexOf(" ") + 1));
    }
}
