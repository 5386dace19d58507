package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnnouncementsCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void everyMessageOfTheArchiveIsOneLineOfJson() {
        CommandLineRun run = CommandLineRun.of("announcements", Sample.archive().toString());

        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .hasSize(9)
                .allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).isTrue());
    }

    @Test
    void aPublishedCveHasItsPairsAndFiles() {
        JsonNode scrub = line("CVE-2025-21658", "published");

        assertThat(scrub.get("title").asString()).startsWith("btrfs: ");
        assertThat(scrub.get("messageId").asString()).isEqualTo("sample-1@tuxtape.example");
        assertThat(scrub.get("files")).extracting(JsonNode::asString).containsExactly("fs/btrfs/scrub.c");
        JsonNode pair = scrub.get("pairs").get(1);
        assertThat(pair.get("introduced").asString()).isEqualTo("5.11");
        assertThat(pair.get("introducedCommit").asString()).isEqualTo("42437a6386ffeaaf200731e73d723ea491f3fe7d");
        assertThat(pair.get("fixed").asString()).isEqualTo("6.12.10");
        assertThat(pair.get("fixedCommit").asString()).isEqualTo("aee5f69f3e6cd82bfefaca1b70b40b6cd8f3f784");
    }

    @Test
    void whatIsUnknownIsAbsent() {
        assertThat(line("CVE-2025-37942", "published").get("pairs").get(0).propertyNames())
                .containsExactly("fixed", "fixedCommit");
        assertThat(line("CVE-2025-37942", "published").has("cvss")).isFalse();
    }

    @Test
    void aRejectedCveIsToldApart() {
        assertThat(line("CVE-2025-37942", "rejected").get("title").asString()).startsWith("HID: ");
    }

    @Test
    void aMessageThatIsNoAnnouncementSaysWhy() {
        JsonNode reply = lines().get(8);

        assertThat(reply.get("kind").asString()).isEqualTo("unreadable");
        assertThat(reply.get("reason").asString()).isNotBlank();
    }

    @Test
    void aMissingFileIsOneSentenceThatNamesIt(@TempDir Path directory) {
        Path missing = directory.resolve("missing.mbox");

        CommandLineRun run = CommandLineRun.of("announcements", missing.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(missing.toString());
    }

    @Test
    void theOtherArchivesAreReadAllTheSame(@TempDir Path directory) {
        String good = Sample.archive().toString();

        CommandLineRun run = CommandLineRun.of(
                "announcements", good, directory.resolve("missing.mbox").toString(), good);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lines()).hasSize(18);
    }

    @Test
    void behindACursorComesTheRest() {
        String archive = Sample.archive().toString();
        String cursor = lines().get(5).get("cursor").asString();

        CommandLineRun run = CommandLineRun.of("announcements", archive, "--after", cursor);

        assertThat(run.status()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.err())
                .contains("cursor of " + archive + ": "
                        + lines().get(8).get("cursor").asString());
    }

    @Test
    void mergedArchivesGiveEachMessageOnce() {
        String archive = Sample.archive().toString();

        CommandLineRun run = CommandLineRun.of("announcements", "--merge", archive, archive);

        assertThat(run.status()).isZero();
        assertThat(run.lines()).hasSize(9);
    }

    @Test
    void withAKeyringUnsignedMailsAreToldApart(@TempDir Path directory) {
        CommandLineRun run = CommandLineRun.of(
                "announcements", Sample.archive().toString(), "--keyring", directory.toString(), "--only-signed");

        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .hasSize(9)
                .allSatisfy(line -> assertThat(
                                JSON.readTree(line).get("authenticity").asString())
                        .isEqualTo("unsigned"));
    }

    @Test
    void aMaildirIsReadToo(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("cur"));
        Files.createDirectories(directory.resolve("new"));
        Files.writeString(directory.resolve("new/1.1.host"), "From: a@example.org\nSubject: hello\n\nNothing.\n");

        assertThat(CommandLineRun.of("announcements", "--maildir", directory.toString())
                        .lines())
                .hasSize(1);
    }

    @Test
    void whatASourceNoticesIsTold(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("cur"));
        Files.createDirectories(directory.resolve("new"));
        Files.writeString(directory.resolve("new/2.1.host"), "From: a@example.org\nSubject: hello\n\nNothing.\n");
        CommandLineRun first = CommandLineRun.of("announcements", "--maildir", directory.toString());
        Files.writeString(directory.resolve("new/1.1.host"), "From: a@example.org\nSubject: late\n\nNothing.\n");

        CommandLineRun run = CommandLineRun.of(
                "announcements",
                "--maildir",
                directory.toString(),
                "--after",
                first.err().strip().replaceFirst(".*: ", ""));

        assertThat(run.lines()).singleElement().asString().contains("1.1.host");
        assertThat(run.err()).contains("came late");
    }

    @Test
    void aLedgerTakesWhatIsNewSinceTheLastTime(@TempDir Path directory) throws IOException {
        Path archive = directory.resolve("growing.mbox");
        Path ledger = directory.resolve("ledger");
        byte[] whole = Files.readAllBytes(Sample.archive());
        String[] follow = {"announcements", archive.toString(), "--ledger", ledger.toString()};
        int cut = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\nFrom sample@tuxtape", whole.length / 2) + 1;
        Files.write(archive, Arrays.copyOf(whole, cut));
        assertThat(CommandLineRun.of(follow).status()).isZero();
        int before = Files.readAllLines(ledger).size();
        Files.write(archive, whole);

        CommandLineRun run = CommandLineRun.of(follow);

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(before).isBetween(1, 8);
        assertThat(Files.readAllLines(ledger))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .containsExactlyElementsOf(
                        CommandLineRun.of("announcements", archive.toString()).lines());
        assertThat(CommandLineRun.of("announcements", archive.toString(), "--ledger", directory.toString())
                        .err())
                .contains("cannot be kept");
    }

    @Test
    void nothingToReadAndAPasswordInAnAddressAreNotUnderstood() {
        assertThat(CommandLineRun.of("announcements").status()).isEqualTo(2);
        assertThat(CommandLineRun.of("announcements", "--imap", "imaps://me:secret@localhost")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void whatWasReadBeforeATruncationIsPrinted(@TempDir Path directory) throws IOException {
        Path cut = directory.resolve("cut.mbox.gz");
        byte[] whole = Gzip.of(Files.readAllBytes(Sample.archive()));
        Files.write(cut, Arrays.copyOf(whole, whole.length * 3 / 4));

        CommandLineRun run = CommandLineRun.of("announcements", cut.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.lines()).isNotEmpty().hasSizeLessThan(9);
        assertThat(run.err()).contains(cut.toString());
    }

    private static JsonNode line(String cve, String kind) {
        return lines().stream()
                .filter(node -> node.path("cve").asString("").equals(cve))
                .filter(node -> node.get("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> lines() {
        return CommandLineRun.of("announcements", Sample.archive().toString()).lines().stream()
                .map(JSON::readTree)
                .toList();
    }
}
