package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.git.DamagedRepositoryException;
import org.tuxtape.git.GitLayout;
import org.tuxtape.git.GitObjects;

/**
 * The fixes in a git repository of the kernel, for instance a mirror of the stable tree. The diff of a commit is that
 * against its first parent, as {@code git show} makes it, without looking for renamed files. Where lines repeat it may
 * align them in another way than git does, to the same effect.
 *
 * <p>It reads the repository's objects, with JGit, and nothing else: no configuration of repository, user or system, no
 * hook, filter or textconv, no reference and no work tree; it starts no program, fetches nothing and writes nothing. A
 * commit need not be reachable from a branch. Every object is checked against its id. The index of a pack is taken into
 * memory, which for a mirror of the stable tree is some hundred megabytes, and JGit may keep it there.
 *
 * <p>A commit that is not there, that is a merge, behind which a shallow repository ends, or of which a partial clone lacks
 * a file, is missing with that reason; so is one whose diff would be longer than
 * {@value org.tuxtape.core.diff.Diff#LONGEST} chars, or that changes a file above 32 MiB or a submodule. A repository of
 * SHA-256 ids counts as damaged. Of several commits in one version the one that was committed first is applied first.
 *
 * <p>Immutable, and safe for use by several threads. Each call opens the repository anew, and sees what was fetched since.
 *
 * @since 0.1
 */
public final class GitFixSource implements FixSource {
    private static final int LARGEST_OBJECT = 32 << 20;
    private static final int LONGEST_SUBJECT = 1000;

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
            try (GitObjects objects = GitObjects.open(GitLayout.of(repository), LARGEST_OBJECT, task.cancellation())) {
                return BranchChoice.of(cve, kernel.version(), id -> {
                    CommitLookup lookup = find(id, objects, task);
                    task.advance();
                    return lookup;
                });
            } catch (IOException e) {
                throw FixSourceException.of(repository, unwrapped(e));
            }
        });
    }

    private static IOException unwrapped(IOException met) {
        IOException fault = met instanceof DamagedException ? met : DamagedRepositoryException.unwrap(met);
        return fault instanceof DamagedRepositoryException damage
                ? new DamagedException(damage.found(), damage)
                : fault;
    }

    private CommitLookup find(CommitId id, GitObjects objects, Task task) throws IOException {
        try (RevWalk walk = new RevWalk(objects)) {
            return new Reading(objects, walk, task).commit(id);
        } catch (UnusableCommitException e) {
            return new CommitLookup.Lacking(e.reason());
        } catch (MissingObjectException e) {
            return new CommitLookup.Lacking("needs what is not in " + repository + ": " + e.getMessage());
        } catch (LargeObjectException e) {
            return new CommitLookup.Lacking("has a file that is too large: " + e.getMessage());
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Objects that are whole and yet not by the rules come out of JGit in many ways.
            throw new DamagedException("an object that cannot be read for " + id, e);
        }
    }

    private final class Reading {
        private final GitObjects objects;
        private final RevWalk walk;
        private final Task task;

        Reading(GitObjects objects, RevWalk walk, Task task) {
            this.objects = objects;
            this.walk = walk;
            this.task = task;
        }

        CommitLookup commit(CommitId wanted) throws IOException {
            RevCommit commit = walk.parseCommit(name(wanted));
            if (commit.getParentCount() > 1) {
                throw new UnusableCommitException("is a merge, whose diff says nothing of what it fixes");
            }
            List<FileDiff> files = TreeComparison.of(before(commit), commit.getTree(), objects, task.cancellation());
            if (files.isEmpty()) {
                throw new UnusableCommitException("changes no file");
            }
            CommitId id = CommitId.parse(commit.name());
            FixCommit fix = new FixCommit(Optional.of(id), subject(commit), PatchText.of(files));
            return new CommitLookup.Held(fix, commit.getCommitTime());
        }

        private Optional<RevTree> before(RevCommit commit) throws IOException {
            boolean cutOff = objects.getShallowCommits().contains(commit);
            if (!cutOff && commit.getParentCount() == 0) {
                return Optional.empty();
            }
            if (cutOff || objects.find(commit.getParent(0)).isEmpty()) {
                throw new UnusableCommitException("is where the shallow history of " + repository
                        + " ends: its parent is not there to compare with");
            }
            return Optional.of(walk.parseCommit(commit.getParent(0)).getTree());
        }

        private static String subject(RevCommit commit) {
            String line = commit.getShortMessage().replaceAll("\\p{Cntrl}", " ");
            return line.substring(0, Math.min(line.length(), LONGEST_SUBJECT));
        }

        private ObjectId name(CommitId id) throws IOException {
            Collection<ObjectId> named = id.isFull()
                    ? Set.of(ObjectId.fromString(id.text()))
                    : objects.resolve(AbbreviatedObjectId.fromString(id.text()));
            ObjectId found = null;
            for (ObjectId name : named) {
                boolean commit = objects.find(name)
                        .map(ObjectLoader::getType)
                        .filter(type -> type == Constants.OBJ_COMMIT)
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
    }
}
