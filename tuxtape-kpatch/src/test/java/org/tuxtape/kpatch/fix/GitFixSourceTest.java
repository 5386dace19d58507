package org.tuxtape.kpatch.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.testkit.contract.FixSourceContract;
import org.tuxtape.testkit.contract.FixSourceSubject;

final class GitFixSourceTest extends FixSourceContract {
    private static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";

    @TempDir
    Path directory;

    private KernelRepository repository;
    private ObjectId base;

    @BeforeEach
    void aRepositoryWithOneCommit() throws IOException {
        repository = new KernelRepository(directory.resolve("kernel.git"));
        base = repository.commit("base", Map.of("a.c", LINES, "b/c.c", LINES));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private FixSource source() {
        return GitFixSource.of(repository.directory());
    }

    @Override
    protected FixSourceSubject subject() {
        Path outside = directory.resolve("outside");
        try {
            Files.createDirectories(outside);
            Files.writeString(outside.resolve("file"), "what lies outside\n");
            Files.createDirectories(directory.resolve("empty"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Examples examples = Examples.in((name, hostile) -> {
            try {
                return KernelRepository.id(hostile ? hostile() : change(name, LINES + name + "\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return examples.subject(this::source, () -> GitFixSource.of(directory.resolve("empty")), outside);
    }

    private ObjectId change(String message, String content) throws IOException {
        return repository.commit(message, Map.of("a.c", content, "b/c.c", LINES), base);
    }

    /** A commit whose tree has a directory {@code ..} and a link that leads out. */
    private ObjectId hostile() throws IOException {
        try (ObjectInserter inserter = repository.inserter()) {
            TreeFormatter above = new TreeFormatter();
            above.append("file", FileMode.REGULAR_FILE, KernelRepository.blob(inserter, "changed\n"));
            TreeFormatter root = new TreeFormatter();
            root.append("..", FileMode.TREE, inserter.insert(above));
            root.append("link", FileMode.SYMLINK, KernelRepository.blob(inserter, "../outside/file"));
            ObjectId tree = inserter.insert(root);
            inserter.flush();
            return repository.commitTree("hostile", tree, repository.commit("empty", Map.of()));
        }
    }

    private CommitId id(ObjectId commit) {
        return KernelRepository.id(commit);
    }

    @Test
    void aCommitIsItsDifferenceToItsParent() throws IOException {
        ObjectId commit = change("net: fix it\n\nIn two\nparagraphs.\n", LINES.replace("five", "FIVE"));

        FixCommit found = Fixes.found(Fixes.find(source(), Fixes.fixedBy(id(commit))))
                .commits()
                .get(0);

        assertThat(found.commit()).contains(id(commit));
        assertThat(found.subject()).isEqualTo("net: fix it");
        assertThat(Diff.parse(found.diff()).files())
                .singleElement()
                .returns("a.c", file -> file.path().raw())
                .returns(FileDiff.Kind.MODIFIED, FileDiff::kind);
        assertThat(Fixes.applied(found.diff(), Optional.of(LINES))).contains(LINES.replace("five", "FIVE"));
    }

    @Test
    void addedAndDeletedFilesAreWhatTheyAreAndNothingIsRenamed() throws IOException {
        ObjectId commit = repository.commit("move", Map.of("a.c", LINES, "b/d.c", LINES), base);

        assertThat(Diff.parse(Fixes.diff(source(), id(commit))).files())
                .extracting(FileDiff::kind)
                .containsExactly(FileDiff.Kind.DELETED, FileDiff.Kind.ADDED);
    }

    @Test
    void anAbbreviatedIdIsEnoughIfItMeansOneCommit() throws IOException {
        ObjectId commit = change("fix", LINES + "more\n");
        CommitId abbreviated = CommitId.parse(commit.name().substring(0, 12));

        Fix fix = Fixes.found(Fixes.find(source(), Fixes.fixedBy(abbreviated)));

        assertThat(fix.commits().get(0).commit()).contains(id(commit));
    }

    @Test
    void packedObjectsAreReadThroughTheirDeltas() throws Exception {
        Map<String, String> files = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append("line ").append(i * 7919 % 10007).append('\n');
        }
        ObjectId last = base;
        ObjectId changed = base;
        for (int i = 0; i < 20; i++) {
            files.put("large.c", text.append("end ").append(i).append('\n').toString());
            changed = last;
            last = repository.commit("step " + i, files, last);
        }
        repository.pack(last);
        try (Stream<Path> loose = Files.list(repository.directory().resolve("objects"))) {
            assertThat(loose.map(path -> path.getFileName().toString())).allMatch(name -> name.length() > 2);
        }

        assertThat(Fixes.diff(source(), id(last))).contains("+end 19\n").doesNotContain("+end 18\n");
        assertThat(Fixes.diff(source(), CommitId.parse(changed.name().substring(0, 10))))
                .contains("+end 18\n");
    }

    @Test
    void ofTheCommitsInOneVersionTheEarlierOneComesFirst() throws IOException {
        ObjectId first = change("first", LINES + "1\n");
        ObjectId second = change("second", LINES + "2\n");

        Fix fix = Fixes.found(Fixes.find(source(), Fixes.fixedBy(id(second), id(first))));

        assertThat(fix.commits()).extracting(FixCommit::subject).containsExactly("first", "second");
    }

    @Test
    void aWorkTreeLeadsToItsRepository() throws IOException {
        ObjectId commit = change("fix", LINES + "more\n");
        Path linked = Files.createDirectories(directory.resolve("linked"));
        Files.writeString(linked.resolve(".git"), "gitdir: ../kernel.git\n");
        Path work = Files.createDirectories(directory.resolve("work"));
        Files.createSymbolicLink(work.resolve(".git"), repository.directory());

        assertThat(Fixes.diff(GitFixSource.of(linked), id(commit)))
                .isEqualTo(Fixes.diff(GitFixSource.of(work), id(commit)))
                .isEqualTo(Fixes.diff(source(), id(commit)));
    }

    @Test
    void objectsOfAnotherRepositoryMayBeBorrowed() throws IOException {
        ObjectId commit = change("fix", LINES + "more\n");
        try (KernelRepository borrower = new KernelRepository(directory.resolve("borrower.git"))) {
            Path info = Files.createDirectories(borrower.directory().resolve("objects/info"));
            Files.writeString(info.resolve("alternates"), "../../kernel.git/objects\n");

            assertThat(Fixes.diff(GitFixSource.of(borrower.directory()), id(commit)))
                    .contains("+more\n");
        }
    }

    @Test
    void aMergeIsRefused() throws IOException {
        ObjectId one = change("one", LINES + "1\n");
        ObjectId merge = repository.commit("merge", Map.of("a.c", LINES + "1\n"), one, base);

        assertThat(Fixes.reason(Fixes.find(source(), Fixes.fixedBy(id(merge))))).contains(merge.name() + " is a merge");
    }

    @Test
    void whereAShallowHistoryEndsThereIsNothingToCompareWith() throws IOException {
        ObjectId end = change("end", LINES + "1\n");
        ObjectId next = repository.commit("next", Map.of("a.c", LINES + "2\n", "b/c.c", LINES), end);
        Files.writeString(repository.directory().resolve("shallow"), end.name() + "\n");

        assertThat(Fixes.reason(Fixes.find(source(), Fixes.fixedBy(id(end))))).contains("shallow history");
        assertThat(Fixes.diff(source(), id(next))).contains("+2\n").contains("-1\n");
    }

    @Test
    void theFirstCommitOfAllAddsEverything() throws IOException {
        assertThat(Diff.parse(Fixes.diff(source(), id(base))).files())
                .extracting(FileDiff::kind)
                .containsExactly(FileDiff.Kind.ADDED, FileDiff.Kind.ADDED);
    }

    private Path objectFile(ObjectId id) {
        String name = id.name();
        return repository
                .directory()
                .resolve("objects")
                .resolve(name.substring(0, 2))
                .resolve(name.substring(2));
    }

    @Test
    void aFileThatAPartialCloneLacksIsAReason() throws IOException {
        ObjectId commit = change("fix", LINES + "more\n");
        ObjectId blob;
        try (ObjectInserter inserter = repository.inserter()) {
            blob = KernelRepository.blob(inserter, LINES + "more\n");
        }
        Files.delete(objectFile(blob));

        assertThat(Fixes.reason(Fixes.find(source(), Fixes.fixedBy(id(commit)))))
                .contains("needs what is not in")
                .contains(blob.name());
    }

    @Test
    void aDamagedObjectIsADamagedRepository() throws IOException {
        ObjectId commit = change("fix", LINES + "more\n");
        ObjectId other = change("other", LINES + "other\n");
        Path file = objectFile(commit);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        for (byte[] damage : List.of(
                Files.readAllBytes(objectFile(other)), "no object".getBytes(StandardCharsets.US_ASCII), new byte[0])) {
            Files.write(file, damage);
            assertThatExceptionOfType(FixSourceException.class)
                    .isThrownBy(() -> Fixes.find(source(), Fixes.fixedBy(id(commit))))
                    .returns(FixSourceException.Fault.DAMAGED, FixSourceException::fault);
        }
    }

    @Test
    void aPackThatIsCutOffIsADamagedRepository() throws Exception {
        ObjectId commit = change("fix", LINES + "more\n");
        repository.pack(commit);
        Path packs = repository.directory().resolve("objects/pack");
        for (String suffix : List.of(".pack", ".idx")) {
            try (Stream<Path> files = Files.list(packs)) {
                Path file = files.filter(path -> path.toString().endsWith(suffix))
                        .findFirst()
                        .orElseThrow();
                byte[] content = Files.readAllBytes(file);
                Files.delete(file);
                Files.write(file, java.util.Arrays.copyOf(content, 40));
            }
            assertThatExceptionOfType(FixSourceException.class)
                    .isThrownBy(() -> Fixes.find(source(), Fixes.fixedBy(id(commit))))
                    .returns(FixSourceException.Fault.DAMAGED, FixSourceException::fault);
        }
    }

    @Test
    void anIndexThatClaimsMoreThanItHoldsIsADamagedRepository() throws Exception {
        ObjectId commit = change("fix", LINES + "more\n");
        repository.pack(commit);
        try (Stream<Path> files = Files.list(repository.directory().resolve("objects/pack"))) {
            Path file = files.filter(path -> path.toString().endsWith(".idx"))
                    .findFirst()
                    .orElseThrow();
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            ByteBuffer.wrap(content).putInt(8, 100_000_000);
            Files.write(file, content);
        }

        assertThatExceptionOfType(FixSourceException.class)
                .isThrownBy(() -> Fixes.find(source(), Fixes.fixedBy(id(commit))))
                .returns(FixSourceException.Fault.DAMAGED, FixSourceException::fault);
    }

    @Test
    void aFileThatIsTooLargeIsAReasonLooseAndPacked() throws Exception {
        ObjectId commit = change("large", "\0".repeat((32 << 20) + 1));

        assertThat(Fixes.reason(Fixes.find(source(), Fixes.fixedBy(id(commit)))))
                .contains("too large");
        repository.pack(commit);
        assertThat(Fixes.reason(Fixes.find(source(), Fixes.fixedBy(id(commit)))))
                .contains("too large");
    }

    @Test
    void aBinaryFileIsNamedAsOne() throws IOException {
        ObjectId commit = change("binary", "\0\1\2");

        assertThat(Diff.parse(Fixes.diff(source(), id(commit))).files())
                .singleElement()
                .matches(file -> file.binary().isPresent());
    }

    @Test
    void bytesThatAreNoUtf8AreKept() throws IOException {
        String content = LINES + "caf\u00e9 \u00ff\r\n";
        ObjectId commit = change("bytes", content);

        assertThat(Fixes.applied(Fixes.diff(source(), id(commit)), Optional.of(LINES)))
                .contains(content);
    }

    @Test
    void configurationThatStartsProgramsStartsNone() throws IOException {
        Path started = directory.resolve("started");
        String program = "touch " + started;
        Files.writeString(
                repository.directory().resolve("config"),
                "[core]\n\tfsmonitor = " + program + "\n\tsshCommand = " + program + "\n[diff]\n\texternal = " + program
                        + "\n[diff \"x\"]\n\ttextconv = " + program + "\n[filter \"x\"]\n\tsmudge = " + program + "\n");
        ObjectId commit = repository.commit("attributes", Map.of(".gitattributes", "* diff=x filter=x\n"), base);

        assertThat(Fixes.diff(source(), id(commit))).contains("diff=x");
        assertThat(started).doesNotExist();
    }

    @Test
    void nothingIsWritten() throws Exception {
        ObjectId commit = change("fix", LINES + "more\n");
        repository.pack(commit);
        List<String> before = listing();

        Fixes.diff(source(), id(commit));

        assertThat(listing()).isEqualTo(before);
    }

    private List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(path -> path + " " + path.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }
}
