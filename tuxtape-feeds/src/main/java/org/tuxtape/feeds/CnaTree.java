package org.tuxtape.feeds;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.feeds.internal.tree.TreeStream;

/**
 * CVE records as the kernel CNA keeps them in its vulns tree, one file per CVE: in a directory, or packed as zip or tar,
 * the latter plain or compressed with gzip, bzip2, xz or zstd. What it is shows in its first bytes, not in its name. An
 * archive is read in place; nothing is unpacked to disk. A bare git repository is read as {@link CnaRepository} does, at
 * its HEAD; that class also reads the repository of a work tree, which is a plain directory here. Also reads trees of
 * cve.org's list, of which other CNAs' records are unreadable elements.
 *
 * <p>Immutable, and safe for use by several threads; each opens its own stream. Memory does not grow with a tar; of a
 * directory or zip the names of all records are kept.
 *
 * <h2>What is read</h2>
 *
 * <p>A CVE is its {@code CVE-....json}; beside it may lie a {@code .dyad} with its introduced/fixed pairs and a
 * {@code .cvss} with its rating and the reason for each metric. Whatever else is there is passed over, and so are hidden
 * directories, links, and the directories {@code reserved}, {@code returned}, {@code review} and {@code testing} of the
 * CNA's tree. Records come by CVE, which is as near to their age as a tree gets; those of a tar in its order. In a tar
 * the files of a CVE have to lie side by side, as they do in one that git wrote or that was sorted; elsewhere the record
 * is read as if it stood alone.
 *
 * <h2>What is made of a record</h2>
 *
 * <p>A record in the directory {@code rejected} is rejected, whatever it says of itself; elsewhere its state tells. The
 * ranges are the pairs of the {@code .dyad}. If there is none, or a line of it is not understood, which a remark tells,
 * they are derived from the versions in the record, and then have commits only where it is clear which belong to which
 * version; where both are there and differ, what the record says is kept as a {@linkplain Cve#claims() claim}. The
 * description is the text of the fix commit, without the sentence that the CNA puts before it. A CVSS vector that cannot
 * be scored, or a score that is not that of its vector, is a remark. Of what others added to a record CISA's SSVC
 * findings and links to exploits are taken, and nothing else: never their word on versions. A record that is no JSON, or
 * is named for another CVE than its file, is unreadable.
 *
 * <h2>Limits and faults</h2>
 *
 * <p>Beyond the rules of {@link CveSource}: a cursor holds the number of a record and a checksum of the paths and sizes
 * of all up to it. So {@code STALE_CURSOR} tells where records were added, removed or changed in size before that place;
 * any new state of a tree is read from the start, but for that of a
 * repository. Where no record is found at all the tree is of the wrong kind. A
 * record that is too large is an unreadable element, and an archive that expands without end is given up with
 * {@code LIMIT_EXCEEDED}, see {@link CnaTreeOptions}. Cancellation cannot wake a read that waits for a pipe.
 *
 * @see <a href="https://git.kernel.org/pub/scm/linux/security/vulns.git/tree/">the kernel CNA's tree</a>
 * @see <a href="https://github.com/CVEProject/cve-schema">the CVE record format</a>
 * @since 0.1
 */
public final class CnaTree implements CveSource {
    private final SourceId id;
    private final String name;
    private final Path path;
    private final CnaTreeOptions options;
    private final Optional<Instant> date;

    private CnaTree(Path path, CnaTreeOptions options, Optional<Instant> date) {
        Path last = path.getFileName();
        this.id = new SourceId(path.toString());
        this.name = last == null ? path.toString() : last.toString();
        this.path = path;
        this.options = options;
        this.date = date;
    }

    /**
     * Returns the source that reads a directory, a zip, a tar, or a bare git repository.
     *
     * @param tree its path; named in full by the source's id. A zip lies in the default file system
     * @return the source, with the {@linkplain CnaTreeOptions#defaults() default options}; nothing is opened yet
     */
    public static CnaTree of(Path tree) {
        return new CnaTree(tree.toAbsolutePath().normalize(), CnaTreeOptions.defaults(), Optional.empty());
    }

    /**
     * Replaces the options.
     *
     * @param newOptions the new ones
     * @return a source that differs in them
     */
    public CnaTree with(CnaTreeOptions newOptions) {
        return new CnaTree(path, Objects.requireNonNull(newOptions, "newOptions"), date);
    }

    /**
     * Says as of when the tree is what it is, for example the day on which it was fetched. Records of the CNA's own tree
     * do not tell, and without a date they give way to those of cve.org's list, however old. Those of a bare git
     * repository have the date of their commit, unless this says otherwise.
     *
     * @param when the date of every record that has none of its own
     * @return a source that differs in it
     */
    public CnaTree asOf(Instant when) {
        return new CnaTree(path, options, Optional.of(when));
    }

    @Override
    public SourceId id() {
        return id;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tells the listener of a task {@code read} with the last part of the path, counted in records, and for a tar in
     * bytes of the archive as it is stored.
     */
    @Override
    public CveStream open(Cursor after, Context context) {
        return TreeStream.open(id, "read " + name, path, options.limits(), date, after, context);
    }

    @Override
    public String toString() {
        return "CnaTree[" + id + "]";
    }
}
