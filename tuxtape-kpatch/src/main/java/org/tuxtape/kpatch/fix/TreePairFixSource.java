package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

/**
 * The fixes between two source trees of one branch, for distributions that publish trees and no commits: the difference of
 * the files that a CVE lists. It may hold other changes beside the fix, and lack some of it that lies in other files: what
 * is known of that stands in the fix's {@link FixOrigin.TreeDifference}. Its one {@link FixCommit} has no id.
 *
 * <p>Paths of a CVE are read inside the trees only, and nothing that is a link, or lies behind one, is read at all, as
 * {@link org.tuxtape.kpatch.source.SourceDirectory} does it. A CVE
 * that lists no file, or none that differs, or one that cannot be read, has no fix here, and the reason says so. Whether
 * the newer tree really has the fix is not known.
 *
 * <p>Immutable, and safe for use by several threads. The trees are read anew at each call.
 *
 * @since 0.1
 */
public final class TreePairFixSource implements FixSource {
    private static final int MOST_FILES = 10_000;
    private static final int MOST_NAMED = 5;

    private final Path older;
    private final Path newer;
    private final KernelVersion branch;

    private TreePairFixSource(Path older, Path newer, KernelVersion version) {
        this.older = Objects.requireNonNull(older, "older");
        this.newer = Objects.requireNonNull(newer, "newer");
        this.branch = version.branch();
    }

    /**
     * Returns the fixes between two trees. They are first looked at when a fix is looked up.
     *
     * @param older the root of the source as it is built from now
     * @param newer the root of a later source of the same branch
     * @param version the version of the newer one, or its branch
     * @return the source
     */
    public static TreePairFixSource of(Path older, Path newer, KernelVersion version) {
        return new TreePairFixSource(older, newer, version);
    }

    /**
     * {@inheritDoc}
     *
     * @throws FixSourceException if one of the trees is not there or cannot be read
     * @throws org.tuxtape.kpatch.source.SourceException if a file of them cannot be read, or is too long
     */
    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        return Task.run(
                context, "compare the files of " + cve.id() + " in " + older + " and " + newer, "files", task -> {
                    Comparison comparison = new Comparison();
                    try {
                        comparison.compare(cve, task);
                    } catch (UnusableCommitException e) {
                        return new FixLookup.Missing(
                                "There is no fix of " + cve.id() + " here: " + e.getMessage() + ".");
                    } catch (IOException e) {
                        throw FixSourceException.of(older + " or " + newer, e);
                    }
                    return comparison.lookup(cve, kernel.version());
                });
    }

    private final class Comparison {
        private final List<FileDiff> files = new ArrayList<>();
        private final List<SourcePath> nowhere = new ArrayList<>();

        void compare(Cve cve, Task task) throws IOException {
            SourceTree before = SourceTree.open(older);
            SourceTree after = SourceTree.open(newer);
            Set<SourcePath> paths = new LinkedHashSet<>(cve.files());
            if (paths.size() > MOST_FILES) {
                throw new UnusableCommitException("it lists more than " + MOST_FILES + " files");
            }
            long length = 0;
            for (SourcePath path : paths) {
                Optional<FileVersion> one = before.read(path);
                Optional<FileVersion> other = after.read(path);
                if (one.isEmpty() && other.isEmpty()) {
                    nowhere.add(path);
                }
                for (FileDiff file : FileComparison.between(name(path), one, other, task.cancellation())) {
                    length += file.toText().length();
                    files.add(file);
                }
                if (length > Diff.LONGEST) {
                    throw new UnusableCommitException("its files differ by more than a diff may have");
                }
                task.advance();
            }
        }

        private static DiffPath name(SourcePath path) {
            return new DiffPath(new String(path.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }

        FixLookup lookup(Cve cve, KernelVersion kernel) {
            if (files.isEmpty()) {
                return new FixLookup.Missing("There is no fix of " + cve.id() + " between " + older + " and " + newer
                        + (cve.files().isEmpty() ? ": it lists no file." : ": none of its files differs." + unseen()));
            }
            String remark = "This is all that differs between " + older + " and " + newer + " in the files of "
                    + cve.id() + ": it may hold other changes beside the fix, and lack what the fix changes elsewhere."
                    + unseen();
            FixCommit difference = new FixCommit(Optional.empty(), cve.title(), PatchText.of(files));
            Fix fix = new Fix(cve.id(), branch, List.of(difference), new FixOrigin.TreeDifference(remark));
            if (branch.isOnBranchOf(kernel)) {
                return new FixLookup.Found(fix);
            }
            return branch.compareTo(kernel.branch()) > 0
                    ? new FixLookup.NeedsBackport(
                            fix, "The trees are those of " + branch + ", not of " + kernel.branch() + ".")
                    : new FixLookup.Missing(
                            "The trees are those of " + branch + ", which is older than " + kernel.branch() + ".");
        }

        private String unseen() {
            if (nowhere.isEmpty()) {
                return "";
            }
            List<String> named =
                    nowhere.stream().limit(MOST_NAMED).map(SourcePath::text).toList();
            String more = nowhere.size() > MOST_NAMED ? " and " + (nowhere.size() - MOST_NAMED) + " others" : "";
            return " Neither tree has " + String.join(", ", named) + more + ".";
        }
    }
}
