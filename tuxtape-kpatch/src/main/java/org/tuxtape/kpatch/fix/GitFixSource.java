package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.kpatch.internal.git.CorruptObjectException;
import org.tuxtape.kpatch.internal.git.GitObject;
import org.tuxtape.kpatch.internal.git.GitObject.Type;
import org.tuxtape.kpatch.internal.git.GitObjects;
import org.tuxtape.kpatch.internal.git.LargeObjectException;
import org.tuxtape.kpatch.internal.git.ObjectName;

/**
 * The fixes in a git repository of the kernel, for instance a mirror of the stable tree. The diff of a commit is that
 * against its first parent, as {@code git show} makes it, without looking for renamed files.
 *
 * <p>It reads the files of the repository's objects and nothing else: no configuration, no hook, filter or textconv, no
 * reference and no work tree; it starts no program, fetches nothing and writes nothing. A commit need not be reachable
 * from a branch. Every object is checked against its id.
 *
 * <p>A commit that is not there, that is a merge, behind which a shallow repository ends, or of which a partial clone lacks
 * a file, is missing with that reason; so is one whose diff would be longer than
 * {@value org.tuxtape.core.diff.Diff#LONGEST} chars, or that changes a file above 64 MiB or a submodule. A repository of
 * SHA-256 ids counts as damaged. Of several commits in one version the one that was committed first is applied first.
 *
 * <p>Immutable, and safe for use by several threads. Each call opens the repository anew, and sees what was fetched since.
 *
 * @since 0.1
 */
public final class GitFixSource implements FixSource {
    private static final int LARGEST_OBJECT = 64 << 20;
    private static final int ENOUGH_TO_BE_AMBIGUOUS = 16;

    private final Path repository;

    private GitFixSource(Path repository) {
        this.repository = Objects.requireNonNull(repository, "repository");
    }

    /**
     * Returns the fixes of a repository. It is first looked at when a fix is looked up.
     *
     * @param repository a bare repository, or a work tree with its own or a linked one
     * @return the source
     */
    public static GitFixSource of(Path repository) {
        return new GitFixSource(repository);
    }

    /**
     * {@inheritDoc}
     *
     * @throws FixSourceException if there is no repository, or it cannot be read
     */
    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        return Task.run(context, "find the fix of " + cve.id() + " in " + repository, "commits", task -> {
            try (GitObjects objects = GitObjects.open(repository, LARGEST_OBJECT, task.cancellation())) {
                return BranchChoice.of(cve, kernel.version(), id -> {
                    CommitLookup lookup = find(id, objects, task);
                    task.advance();
                    return lookup;
                });
            } catch (IOException e) {
                throw FixSourceException.of(repository, e);
            }
        });
    }

    private CommitLookup find(CommitId id, GitObjects objects, Task task) throws IOException {
        try {
            return new Reading(objects, task).commit(id);
        } catch (UnusableCommitException e) {
            return new CommitLookup.Lacking(e.reason());
        } catch (LargeObjectException e) {
            return new CommitLookup.Lacking("has a file that is too large: " + e.getMessage());
        }
    }

    private final class Reading {
        private final GitObjects objects;
        private final Task task;

        Reading(GitObjects objects, Task task) {
            this.objects = objects;
            this.task = task;
        }

        CommitLookup commit(CommitId abbreviation) throws IOException {
            ObjectName name = name(abbreviation);
            CommitText commit = CommitText.parse(read(name, Type.COMMIT));
            if (commit.parents().size() > 1) {
                throw new UnusableCommitException("is a merge, whose diff says nothing of what it fixes");
            }
            Optional<ObjectName> before = Optional.empty();
            for (ObjectName parent : commit.parents()) {
                if (objects.isCutOff(name) || objects.find(parent).isEmpty()) {
                    throw new UnusableCommitException("is where the shallow history of " + repository
                            + " ends: its parent is not there to compare with");
                }
                before = Optional.of(CommitText.parse(read(parent, Type.COMMIT)).tree());
            }
            List<FileDiff> files = TreeComparison.of(before, commit.tree(), this::read, task.cancellation());
            if (files.isEmpty()) {
                throw new UnusableCommitException("changes no file");
            }
            CommitId id = CommitId.parse(name.toString());
            FixCommit fix = new FixCommit(Optional.of(id), commit.subject(), PatchText.of(files));
            return new CommitLookup.Held(fix, commit.time());
        }

        private ObjectName name(CommitId id) throws IOException {
            ObjectName found = null;
            for (ObjectName name : objects.named(id, ENOUGH_TO_BE_AMBIGUOUS)) {
                boolean commit = objects.find(name)
                        .filter(object -> object.type() == Type.COMMIT)
                        .isPresent();
                if (commit && found != null) {
                    throw new UnusableCommitException("can mean several commits in " + repository);
                }
                found = commit ? name : found;
            }
            if (found == null) {
                throw new UnusableCommitException("is not in " + repository);
            }
            return found;
        }

        private byte[] read(ObjectName id, Type type) throws IOException {
            Optional<GitObject> object = objects.find(id);
            if (object.isEmpty()) {
                throw new UnusableCommitException(
                        "needs the " + type.word() + " " + id + ", which is not in " + repository);
            }
            if (object.get().type() != type) {
                throw new CorruptObjectException(id + ", which is no " + type.word());
            }
            return object.get().content();
        }
    }
}
