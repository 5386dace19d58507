package org.tuxtape.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References as git itself keeps them. */
final class GitRefsTest {
    @TempDir
    Path directory;

    private Git git;

    @BeforeEach
    void aRepository() {
        git = Git.init(directory.resolve("work"));
    }

    private GitRefs refs() throws IOException {
        return GitRefs.of(GitLayout.of(git.work()));
    }

    private ObjectId id(String revision) throws IOException {
        return ObjectId.fromString(git.id(revision));
    }

    @Test
    void aBranchWithoutACommitIsAtNothing() throws IOException {
        assertThat(refs().head()).isEmpty();
    }

    @Test
    void aBranchIsFoundLooseAndPacked() throws IOException {
        git.commit("a", "1\n");
        git.run("branch", "topic/caf\u00e9");
        git.commit("a", "2\n");
        git.run("tag", "-m", "text", "v1");
        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                git.run("pack-refs", "--all");
            }
            assertThat(refs().head()).contains(id("main"));
            assertThat(refs().find("refs/heads/main")).contains(id("main"));
            assertThat(refs().find("refs/heads/topic/caf\u00e9")).contains(id("main~1"));
            assertThat(refs().find("refs/tags/v1")).contains(id("v1"));
            assertThat(refs().find("refs/heads/mai")).isEmpty();
            assertThat(refs().find("refs/heads")).isEmpty();
        }
        git.commit("a", "3\n");
        assertThat(refs().head()).as("the loose one holds over the packed one").contains(id("main"));
    }

    @Test
    void aHeadMayBeAtACommitOrAtALink() throws IOException {
        git.commit("a", "1\n");
        git.commit("a", "2\n");
        git.run("checkout", "-q", "--detach", "HEAD~1");
        assertThat(refs().head()).contains(id("main~1"));

        git.run("symbolic-ref", "refs/heads/link", "refs/heads/main");
        assertThat(refs().find("refs/heads/link")).contains(id("main"));
        git.run("symbolic-ref", "HEAD", "refs/heads/link");
        assertThat(refs().head()).contains(id("main"));
    }

    @Test
    void linksThatLeadInACircleOrToNoIdAreDamage() throws IOException {
        for (String text : new String[] {"ref: refs/heads/main\n", "", "0123\n", "ref: refs/../../secret\n"}) {
            Files.writeString(git.directory().resolve("refs/heads/main"), text);
            assertThatExceptionOfType(DamagedRepositoryException.class).as(text).isThrownBy(() -> refs().head());
        }
    }

    @Test
    void nothingOutsideIsRead() throws IOException {
        Files.writeString(directory.resolve("work/secret"), "0123456789012345678901234567890123456789\n");

        assertThat(refs().find("refs/../../secret")).isEmpty();
        assertThat(refs().find("/etc/passwd")).isEmpty();
    }

    @Test
    void idsOfSha256AreNotRead() throws IOException {
        git = Git.init(directory.resolve("sha256"), "--object-format=sha256");
        git.commit("a", "1\n");

        for (boolean packed : new boolean[] {false, true}) {
            if (packed) {
                git.run("pack-refs", "--all");
            }
            assertThatExceptionOfType(UnsupportedRepositoryException.class)
                    .isThrownBy(() -> refs().head())
                    .withMessage("it has ids of SHA-256");
        }
    }

    @Test
    void reftableIsNotRead() throws IOException {
        Files.createDirectory(git.directory().resolve("reftable"));

        assertThatExceptionOfType(UnsupportedRepositoryException.class)
                .isThrownBy(this::refs)
                .withMessage("it keeps its branches as reftable");
    }
}
