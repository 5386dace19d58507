package org.tuxtape.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;

/** Objects that git itself stored, and what it says of them. */
final class GitObjectsTest {
    private static final int LARGEST = 1 << 16;
    private static final ObjectId NOWHERE = ObjectId.fromString("0123456789abcdef0123456789abcdef01234567");
    private static final String TEXT = text();

    @TempDir
    Path directory;

    private Git git;
    private ObjectId older;
    private ObjectId newer;

    /** Long enough to be stored as its difference to another. */
    private static String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append("line ").append(i * 7919 % 10007).append('\n');
        }
        return text.toString();
    }

    @BeforeEach
    void aRepositoryOfTwoCommits() throws IOException {
        git = Git.init(directory.resolve("work"));
        git.commit("a", TEXT);
        git.commit("a", TEXT + "end\n");
        older = ObjectId.fromString(git.id("HEAD~1:a"));
        newer = ObjectId.fromString(git.id("HEAD:a"));
    }

    private GitObjects objects() throws IOException {
        return objects(CancellationToken.never());
    }

    private GitObjects objects(CancellationToken cancellation) throws IOException {
        return GitObjects.open(GitLayout.of(git.work()), LARGEST, cancellation);
    }

    private void pack() throws IOException {
        git.run("gc", "-q", "--prune=now");
        assertThat(git.loose(newer.name())).doesNotExist();
    }

    @Test
    void everyObjectIsWhatGitSaysOfItLooseAndPacked() throws IOException {
        git.run("tag", "-m", "text", "v1");
        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                pack();
            }
            try (GitObjects objects = objects()) {
                for (String revision : new String[] {"HEAD", "HEAD~1", "HEAD:", "HEAD:a", "HEAD~1:a", "v1"}) {
                    String type = git.run("cat-file", "-t", revision).strip();
                    byte[] content = git.run("cat-file", type, revision).getBytes(ISO_8859_1);
                    ObjectId id = ObjectId.fromString(git.id(revision));

                    assertThat(Constants.typeString(objects.open(id).getType())).isEqualTo(type);
                    assertThat(objects.open(id).getBytes()).isEqualTo(content);
                    assertThat(objects.beginning(id, objects.open(id).getType(), 20))
                            .isEqualTo(Arrays.copyOf(content, 20));
                    assertThat(objects.resolve(
                                    AbbreviatedObjectId.fromString(id.name().substring(0, 12))))
                            .containsExactly(id);
                }
            }
        }
    }

    @Test
    void whatGitPacksMeanwhileIsFoundInItsNewPlace() throws IOException {
        try (GitObjects objects = objects()) {
            assertThat(objects.open(older).getSize()).isEqualTo(TEXT.length());
            pack();
            assertThat(objects.open(newer).getSize()).isEqualTo(TEXT.length() + 4);
            git.commit("b", "1\n");
            Path before = git.packs(".pack").get(0);
            git.run("repack", "-q", "-a", "-d");
            assertThat(before).doesNotExist();
            assertThat(objects.open(ObjectId.fromString(git.id("HEAD:b"))).getBytes())
                    .asString()
                    .isEqualTo("1\n");
            assertThat(objects.beginning(older, Constants.OBJ_BLOB, 5))
                    .asString()
                    .isEqualTo("line ");
        }
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsSaidToBe() throws IOException {
        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                pack();
            }
            try (GitObjects objects = objects()) {
                assertThat(objects.find(NOWHERE)).isEmpty();
                assertThatExceptionOfType(MissingObjectException.class).isThrownBy(() -> objects.open(NOWHERE));
                assertThatExceptionOfType(MissingObjectException.class)
                        .isThrownBy(() -> objects.beginning(NOWHERE, Constants.OBJ_BLOB, 1));
                assertThatExceptionOfType(IncorrectObjectTypeException.class)
                        .isThrownBy(() -> objects.open(newer, Constants.OBJ_TREE));
                assertThatExceptionOfType(IncorrectObjectTypeException.class)
                        .isThrownBy(() -> objects.beginning(newer, Constants.OBJ_TREE, 1));
            }
        }
    }

    @Test
    void whatIsTooLargeIsNotExpanded() throws IOException {
        git.commit("large", "x".repeat(LARGEST + 1));
        ObjectId large = ObjectId.fromString(git.id("HEAD:large"));
        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                pack();
            }
            try (GitObjects objects = objects()) {
                assertThatExceptionOfType(LargeObjectException.class).isThrownBy(() -> objects.open(large));
                assertThatExceptionOfType(LargeObjectException.class)
                        .isThrownBy(() -> objects.read(newer, Constants.OBJ_BLOB, TEXT.length()));
                assertThat(objects.read(newer, Constants.OBJ_BLOB, TEXT.length() + 4))
                        .hasSize(TEXT.length() + 4);
                assertThat(objects.beginning(large, Constants.OBJ_BLOB, 3))
                        .asString()
                        .isEqualTo("xxx");
            }
        }
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(text.getBytes(ISO_8859_1));
        }
        return out.toByteArray();
    }

    @Test
    void aLooseObjectThatIsNotWhatItsNameSaysIsDamage() throws IOException {
        byte[] whole = Files.readAllBytes(git.loose(newer.name()));
        byte[][] damages = {
            new byte[0],
            "no object".getBytes(ISO_8859_1),
            Arrays.copyOf(whole, whole.length / 2),
            Files.readAllBytes(git.loose(older.name())),
            deflated("blob 2\0a"),
            deflated("blob 2\0abc"),
            deflated("blob -2\0abc"),
            deflated("thing 3\0abc"),
            deflated("x".repeat(1000)),
        };
        for (byte[] damage : damages) {
            Git.replace(git.loose(newer.name()), damage);
            try (GitObjects objects = objects()) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> objects.open(newer))
                        .satisfies(met -> assertThat(DamagedRepositoryException.unwrap(met))
                                .isInstanceOf(DamagedRepositoryException.class));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".pack", ".idx"})
    void aPackThatIsCutOffIsDamage(String ending) throws IOException {
        pack();
        Path file = git.packs(ending).get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 8, 40, 1050, whole.length / 2, whole.length - 30}) {
            Git.replace(file, Arrays.copyOf(whole, Math.min(length, whole.length)));
            try (GitObjects objects = objects()) {
                Throwable met = catchThrowable(() -> {
                    objects.open(older);
                    objects.open(newer);
                });
                if (met != null) { // a cut may leave both of them whole
                    assertThat(met).as("cut at %d", length).isInstanceOf(IOException.class);
                    assertThat(DamagedRepositoryException.unwrap((IOException) met))
                            .isInstanceOf(DamagedRepositoryException.class);
                }
            }
        }
    }

    @Test
    void anIndexThatClaimsMoreThanItHoldsIsDamage() throws IOException {
        pack();
        Path file = git.packs(".idx").get(0);
        byte[] content = Files.readAllBytes(file);
        ByteBuffer.wrap(content).putInt(8, 100_000_000);
        Git.replace(file, content);

        try (GitObjects objects = objects()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> objects.open(newer))
                    .satisfies(met -> assertThat(DamagedRepositoryException.unwrap(met))
                            .isInstanceOf(DamagedRepositoryException.class)
                            .hasMessageContaining("index"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readingStopsWhenItIsNotWantedAnyMore(boolean packed) throws IOException {
        if (packed) {
            pack();
        }
        CancellationToken cancellation = CancellationToken.create();
        try (GitObjects objects = objects(cancellation)) {
            objects.open(older);
            cancellation.cancel();
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> objects.open(newer));
            assertThatExceptionOfType(CancelledException.class)
                    .isThrownBy(() -> objects.beginning(newer, Constants.OBJ_BLOB, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptIsAWishToStop(boolean packed) throws IOException {
        if (packed) {
            pack();
        }
        try (GitObjects objects = objects()) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> objects.open(newer));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void nothingIsWritten() throws IOException {
        pack();
        git.commit("b", "1\n");
        String before = listing();
        try (GitObjects objects = objects()) {
            objects.open(newer);
            objects.open(ObjectId.fromString(git.id("HEAD:b")));
        }

        assertThat(listing()).isEqualTo(before);
    }

    private String listing() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.map(path -> path + " " + path.toFile().lastModified() + "\n")
                    .sorted()
                    .reduce("", String::concat);
        }
    }
}
