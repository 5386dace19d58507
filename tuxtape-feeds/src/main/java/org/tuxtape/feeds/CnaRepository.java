package org.tuxtape.feeds;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.feeds.internal.tree.TreeStream;

/**
 * CVE records as the kernel CNA keeps them in the git repository of its vulns tree, read by commit: from the start all
 * records of the commit that a branch is at, and behind a cursor those that have changed since.
 *
 * <pre>{@code
 * CveSource source = CnaRepository.of(Path.of("vulns.git"));
 * CveStream news = source.open(lastCursor, Context.standard());
 * }</pre>
 *
 * <p>Which files are read, and what is made of a record, is told by {@link CnaTree}, which gives the same of a directory.
 * Records come by CVE. They are dated as they date themselves, and those of the CNA's own tree, which do not, have the
 * date of the commit that they are read from, not of the one that last touched them.
 *
 * <p>Nothing but the repository's objects and branches is read, and nothing is written: no program is started, and no
 * configuration of git matters. It may be bare, shallow, borrow from another, or be packed anew meanwhile; a work tree is
 * not looked at. Each object is checked against its id.
 *
 * <h2>What has changed</h2>
 *
 * <p>A cursor names a commit, and the place on the way to it where reading stopped, if that was before its last record.
 * Reading goes on with the rest of that way, and then with what differs between that commit and the one that the branch
 * is at now, if it is another: each CVE whose record, pairs or rating was added or changed, or whose record lies
 * elsewhere, such as in {@code rejected}, gives the element that it would give from the start. So a CVE that changed on
 * both parts of the way is told twice, the newer last. What came and went between the two commits is not told. Where the
 * branch has left its old history, or names an older commit, the difference is told all the same.
 *
 * <p>A CVE that has no record in the tree any more, for example since it is {@code reserved} again, is an unreadable
 * element that names it, with the place where its record was: nothing says that it was rejected, and what was read of it
 * before may hold no longer, so a person has to look.
 *
 * <h2>Limits and faults</h2>
 *
 * <p>Beyond the rules of {@link CveSource}: {@code STALE_CURSOR} tells that the repository no longer holds all of the
 * commit of the cursor, or of the one before it where reading stopped on the way, as after a rewritten history and a
 * clean-up, or in a shallow clone that was fetched anew. Then it is read from the start. A branch at no commit is
 * {@code MISSING}. {@code TRUNCATED} is a repository that lacks an object of the commit that it is at, as a partial clone
 * does, and {@code CORRUPT} one whose objects are damaged; the records before are delivered. SHA-256 ids and reftable are
 * not read, and of the wrong kind, as is a tree in which no record is found at all. A file that is larger than
 * {@link CnaTreeOptions} allow is an unreadable record or a remark. A tree of more than two million files, or with more
 * than 64 directories in one another, is given up with {@code LIMIT_EXCEEDED}.
 *
 * <p>Immutable, and safe for use by several threads; each opens its own stream. The names of the records to be read are
 * kept in memory.
 *
 * @see <a href="https://git.kernel.org/pub/scm/linux/security/vulns.git/">the kernel CNA's repository</a>
 * @since 0.1
 */
public final class CnaRepository implements CveSource {
    private final SourceId id;
    private final String name;
    private final Path path;
    private final Optional<String> ref;
    private final CnaTreeOptions options;

    private CnaRepository(Path path, Optional<String> ref, CnaTreeOptions options) {
        Path last = path.getFileName();
        this.id = new SourceId(path.toString());
        this.name = last == null ? path.toString() : last.toString();
        this.path = path;
        this.ref = ref;
        this.options = options;
    }

    /**
     * Returns the source that reads a repository at its HEAD.
     *
     * @param repository a bare repository, or a work tree, whose repository is read; named in full by the source's id
     * @return the source, with the {@linkplain CnaTreeOptions#defaults() default options}; nothing is opened yet
     */
    public static CnaRepository of(Path repository) {
        return new CnaRepository(repository.toAbsolutePath().normalize(), Optional.empty(), CnaTreeOptions.defaults());
    }

    /**
     * Names the branch or tag to read, for example one that was fetched and not merged. Cursors hold for all branches of
     * a repository.
     *
     * @param fullName such as {@code refs/remotes/origin/master}
     * @return a source that differs in it
     */
    public CnaRepository at(String fullName) {
        return new CnaRepository(path, Optional.of(fullName), options);
    }

    /**
     * Replaces the options.
     *
     * @param newOptions the new ones
     * @return a source that differs in them
     */
    public CnaRepository with(CnaTreeOptions newOptions) {
        return new CnaRepository(path, ref, Objects.requireNonNull(newOptions, "newOptions"));
    }

    @Override
    public SourceId id() {
        return id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The commits are compared before this returns. Tells the listener of a task {@code read} with the last part of the
     * path, counted in records.
     */
    @Override
    public CveStream open(Cursor after, Context context) {
        return TreeStream.openRepository(
                id, "read " + name, path, ref, options.limits(), Optional.empty(), after, context);
    }

    @Override
    public String toString() {
        return "CnaRepository[" + id + "]";
    }
}
