package org.tuxtape.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories as git itself lays them out. */
final class GitLayoutTest {
    @TempDir
    Path directory;

    private Git git;
    private Path objects;

    @BeforeEach
    void aRepository() throws IOException {
        git = Git.init(directory.resolve("work"));
        git.commit("a", "1\n");
        git.commit("a", "2\n");
        objects = git.directory().resolve("objects").toRealPath();
    }

    @Test
    void aBareRepositoryIsOneAndAWorkTreeHasOne() throws IOException {
        git.run("clone", "-q", "--bare", ".", "../bare.git");
        Path bare = directory.resolve("bare.git");

        assertThat(GitLayout.of(bare)).returns(bare, GitLayout::directory).returns(bare, GitLayout::common);
        assertThat(GitLayout.of(git.work())).returns(git.directory(), GitLayout::directory);
        assertThat(GitLayout.of(git.directory())).isEqualTo(GitLayout.of(git.work()));
        assertThat(GitLayout.isBare(bare)).isTrue();
        assertThat(GitLayout.isBare(git.work())).isFalse();
        assertThat(GitLayout.isRepository(git.work())).isTrue();
        assertThat(GitLayout.isRepository(directory)).isFalse();
    }

    @Test
    void aLinkedWorkTreeHasAHeadOfItsOwn() throws IOException {
        git.run("worktree", "add", "-q", "--detach", "../linked", "HEAD~1");

        GitLayout linked = GitLayout.of(directory.resolve("linked"));

        assertThat(linked.objects()).containsExactly(objects);
        assertThat(linked.common().toRealPath()).isEqualTo(git.directory().toRealPath());
        assertThat(GitRefs.of(linked).head()).contains(ObjectId.fromString(git.id("HEAD~1")));
        assertThat(GitRefs.of(linked).find("refs/heads/main")).contains(ObjectId.fromString(git.id("HEAD")));
    }

    @Test
    void objectsMayBeBorrowedAlsoInTurns() throws IOException {
        git.run("clone", "-q", "--shared", ".", "../one");
        git.run("clone", "-q", "--shared", "../one", "../two");
        Files.writeString(
                git.directory().resolve("objects/info/alternates"), directory.resolve("two/.git/objects") + "\n");

        assertThat(GitLayout.of(directory.resolve("two")).objects()).hasSize(3).contains(objects);
        assertThat(GitLayout.of(directory.resolve("one")).objects()).hasSize(3).contains(objects);
    }

    @Test
    void aShallowRepositoryNamesWhereItEnds() throws IOException {
        git.run("clone", "-q", "--depth", "1", "file://" + git.work(), "../shallow");

        assertThat(GitLayout.of(directory.resolve("shallow")).shallow())
                .containsExactly(ObjectId.fromString(git.id("HEAD")));
        assertThat(GitLayout.of(git.work()).shallow()).isEmpty();
    }

    @Test
    void whereThereIsNoneNoneIsFound() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Path leadingNowhere = Files.createDirectories(directory.resolve("nowhere"));
        Files.writeString(leadingNowhere.resolve(".git"), "gitdir: ../gone\n");

        for (Path none : new Path[] {
            empty, leadingNowhere, directory.resolve("missing"), git.work().resolve("a")
        }) {
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> GitLayout.of(none));
        }
    }

    @Test
    void listsThatCannotBeReadAreDamage() throws IOException {
        Path list = git.directory().resolve("shallow");
        for (String damage : new String[] {"no id\n", "1".repeat((1 << 22) + 1)}) {
            Files.writeString(list, damage);
            assertThatExceptionOfType(DamagedRepositoryException.class).isThrownBy(() -> GitLayout.of(git.work()));
        }
        Files.delete(list);
        Files.writeString(git.directory().resolve("objects/info/alternates"), "a\0b\n");
        assertThatExceptionOfType(DamagedRepositoryException.class).isThrownBy(() -> GitLayout.of(git.work()));
    }
}
