package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.testkit.contract.FixSourceContract;
import org.tuxtape.testkit.contract.FixSourceSubject;

final class PatchFixSourceTest extends FixSourceContract {
    private static final String CHANGE = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-old\n+new\n";
    private static final CommitId ID = CommitId.parse("0123456789abcdef0123456789abcdef01234567");

    @TempDir
    Path directory;

    private Path store() {
        return directory.resolve("store");
    }

    @Override
    protected FixSourceSubject subject() {
        Path outside = directory.resolve("outside");
        try {
            Files.createDirectories(outside);
            Files.writeString(outside.resolve("file"), "what lies outside\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String hostile = "--- a/../outside/file\n+++ b/../outside/file\n@@ -1 +1 @@\n-old\n+new\n" + "--- a/" + outside
                + "/file\n+++ b/" + outside + "/file\n@@ -1 +1 @@\n-old\n+new\n";
        Examples examples = Examples.in((name, evil) -> {
            CommitId id = CommitId.parse(String.format("%040x", (long) name.hashCode() & 0xffff_ffffL));
            write(name.replace(' ', '-') + ".patch", mail(id, name, evil ? hostile : CHANGE));
            return id;
        });
        return examples.subject(
                () -> PatchFixSource.of(store()), () -> PatchFixSource.of(directory.resolve("nowhere")), outside);
    }

    private static String mail(CommitId id, String subject, String diff) {
        return "From " + id + " Mon Sep 17 00:00:00 2001\nFrom: Somebody <somebody@example.org>\nSubject: [PATCH] "
                + subject + "\n\nWords.\n---\n" + diff + "-- \n2.39.5\n";
    }

    private Path write(String name, String content) {
        try {
            Path file = store().resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FixLookup find() {
        return Fixes.find(PatchFixSource.of(store()), Fixes.fixedBy(ID));
    }

    @Test
    void aPatchIsFoundByItsIdAndNotByItsName() {
        write("CVE-2024-1/6.6/" + "f".repeat(40) + ".patch", mail(ID, "net: fix\n it", CHANGE));

        FixCommit commit = Fixes.found(find()).commits().get(0);

        assertThat(commit.commit()).contains(ID);
        assertThat(commit.subject()).isEqualTo("net: fix it");
        assertThat(commit.diff()).isEqualTo(CHANGE);
    }

    @Test
    void whatGitShowWritesIsRead() {
        write("shown", "commit " + ID + "\nAuthor: Somebody <a@b>\n\n    net: fix it\n\n" + CHANGE);

        assertThat(Fixes.found(find()).commits().get(0).subject()).isEqualTo("net: fix it");
    }

    @Test
    void textThatAToolMightObeyIsLeftOut() {
        write("a.patch", mail(ID, "fix", "Prereq: 1.2\nIndex: /etc/passwd\n" + CHANGE + "1d\n!touch ran\nw\n"));

        assertThat(Fixes.found(find()).commits().get(0).diff()).isEqualTo(CHANGE);
    }

    @Test
    void pathsThatLeadOutAreHandedOnForTheLintToRefuse() {
        write("a.patch", mail(ID, "fix", CHANGE.replace("a/x.c", "a/../../x.c").replace("b/x.c", "b/../../x.c")));

        String diff = Fixes.found(find()).commits().get(0).diff();

        assertThat(Diff.parse(diff).files())
                .singleElement()
                .matches(file -> file.path().inTree().isEmpty());
    }

    @Test
    void aPatchThatCannotBeReliedOnIsAReason() {
        write("a.patch", mail(ID, "fix", "--- a/x.c\n+++ b/x.c\n@@ -1,9 +1 @@\n-old\n+new\n"));
        assertThat(Fixes.reason(find())).contains("cannot be relied on").contains("a.patch");

        write("a.patch", mail(ID, "fix", "Nothing.\n"));
        assertThat(Fixes.reason(find())).contains("changes no file");

        write("a.patch", mail(ID, "fix", CHANGE) + mail(CommitId.parse("f".repeat(40)), "next", CHANGE));
        assertThat(Fixes.reason(find())).contains("followed by another commit");
    }

    @Test
    void aPatchThatIsTooLongIsAReason() throws IOException {
        try (OutputStream out = Files.newOutputStream(write("long.patch", mail(ID, "fix", "")))) {
            out.write(mail(ID, "fix", "").getBytes(StandardCharsets.US_ASCII));
            byte[] lines = "+a line of fifty megabytes\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            for (long written = 0; written < 50L << 20; written += lines.length) {
                out.write(lines);
            }
        }
        assertThat(Fixes.reason(find())).contains("more than " + Diff.LONGEST + " bytes");
    }

    @Test
    void bytesThatAreNoUtf8AreKept() {
        String change = CHANGE.replace("new", "caf\u00e9 \u00ff");
        write("a.patch", mail(ID, "f\u00fcr", change));

        FixCommit commit = Fixes.found(find()).commits().get(0);

        assertThat(commit.diff()).isEqualTo(change);
        assertThat(commit.subject()).isEqualTo("f\u00fcr");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("a.patch"), mail(ID, "fix", CHANGE));
        Files.createDirectories(store());
        Files.createSymbolicLink(store().resolve("a.patch"), elsewhere.resolve("a.patch"));
        Files.createSymbolicLink(store().resolve("all"), elsewhere);

        assertThat(Fixes.reason(find())).contains("is not in");
    }

    @Test
    void aPatchThatIsGoneOrAnotherSinceItWasIndexedIsAReason() throws IOException {
        Path file = write("a.patch", mail(ID, "fix", CHANGE));
        PatchFixSource source = PatchFixSource.of(store());
        Fixes.found(Fixes.find(source, Fixes.fixedBy(ID)));

        Files.writeString(file, mail(CommitId.parse("f".repeat(40)), "other", CHANGE));
        assertThat(Fixes.reason(Fixes.find(source, Fixes.fixedBy(ID)))).contains("no longer in");
        Files.delete(file);
        assertThat(Fixes.reason(Fixes.find(source, Fixes.fixedBy(ID)))).contains("is gone");
    }

    @Test
    void anIdThatMeansTwoPatchesIsAReason() {
        write("a.patch", mail(ID, "fix", CHANGE));
        write("b.patch", mail(CommitId.parse("01234567" + "f".repeat(32)), "fix", CHANGE));

        assertThat(Fixes.reason(Fixes.find(PatchFixSource.of(store()), Fixes.fixedBy(CommitId.parse("01234567")))))
                .contains("can mean several patches");
    }

    private interface Compressor {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] tar(Compressor compressor, Map<String, String> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(compressor.over(bytes))) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                byte[] content = member.getValue().getBytes(StandardCharsets.ISO_8859_1);
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey(), true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, String> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void archivesOfEveryKindAreReadAndTheNamesInThemAreNoPaths() throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("index.tsv", "path\tcve\n");
        members.put("../../outside", mail(ID, "fix", CHANGE));
        members.put("/etc/passwd", mail(CommitId.parse("f".repeat(40)), "other", CHANGE));
        for (byte[] archive : List.of(
                tar(out -> out, members),
                tar(GZIPOutputStream::new, members),
                tar(out -> new XZOutputStream(out, new LZMA2Options(1)), members),
                tar(ZstdOutputStream::new, members),
                zip(members))) {
            Files.write(store(), archive);

            assertThat(Fixes.found(find()).commits().get(0).diff()).isEqualTo(CHANGE);
        }
        assertThat(directory)
                .isDirectoryContaining(path -> path.equals(store()))
                .isDirectoryNotContaining("glob:**outside");
    }

    @Test
    void whatIsNoArchiveOrADamagedOneIsSaidToBeThat() throws IOException {
        Map<String, String> members = Map.of("a.patch", mail(ID, "fix", CHANGE.repeat(500)));
        Files.writeString(store(), "no archive\n");
        assertFault(FixSourceException.Fault.WRONG_KIND);

        byte[] gzip = tar(GZIPOutputStream::new, members);
        Files.write(store(), java.util.Arrays.copyOf(gzip, gzip.length / 2));
        assertThatExceptionOfType(FixSourceException.class).isThrownBy(this::find);

        byte[] zip = zip(members);
        Files.write(store(), java.util.Arrays.copyOf(zip, zip.length / 2));
        assertFault(FixSourceException.Fault.DAMAGED);
    }

    private void assertFault(FixSourceException.Fault fault) {
        assertThatExceptionOfType(FixSourceException.class)
                .isThrownBy(this::find)
                .returns(fault, FixSourceException::fault)
                .returns(store().toString(), FixSourceException::origin);
    }

    @Test
    void whatAnArchiveMayExpandToIsBounded() throws IOException {
        Map<String, String> members = Map.of("zeros", "\0".repeat(1 << 20));
        PatchLimits limits = new PatchLimits(1 << 16, 100, 1 << 18);
        for (byte[] archive : List.of(
                tar(GZIPOutputStream::new, members), zip(Map.of("a.patch", mail(ID, "x", "\0".repeat(1 << 20)))))) {
            Files.write(store(), archive);
            FixLookup lookup;
            try {
                lookup = Fixes.find(PatchFixSource.of(store(), limits), Fixes.fixedBy(ID));
            } catch (FixSourceException e) {
                assertThat(e.fault()).isEqualTo(FixSourceException.Fault.LIMIT_EXCEEDED);
                continue;
            }
            assertThat(Fixes.reason(lookup)).contains("more than " + (1 << 16) + " bytes");
        }
    }

    @Test
    void howManyFilesThereMayBeIsBounded() {
        for (int i = 0; i < 3; i++) {
            write("file" + i, "");
        }
        assertThatExceptionOfType(FixSourceException.class)
                .isThrownBy(() ->
                        Fixes.find(PatchFixSource.of(store(), new PatchLimits(1 << 16, 2, 1 << 18)), Fixes.fixedBy(ID)))
                .returns(FixSourceException.Fault.LIMIT_EXCEEDED, FixSourceException::fault);
    }

    @Test
    void aBranchOfWhichACommitIsNotThereDoesNotCount() {
        write("a.patch", mail(ID, "fix", CHANGE));
        CommitId other = CommitId.parse("f".repeat(40));

        FixLookup lookup = Fixes.find(PatchFixSource.of(store()), Fixes.fixedBy(ID, other));

        assertThat(Fixes.reason(lookup)).contains("of 6.6, " + other + " is not in");
    }
}
