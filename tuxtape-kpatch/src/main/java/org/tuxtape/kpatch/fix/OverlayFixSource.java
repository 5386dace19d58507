package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * Fixes that were adapted by hand, over another source. They live in a directory:
 *
 * <pre>
 * CVE-2024-26581/6.1/0001-netfilter-skip-end-interval-elements.patch
 * CVE-2024-26581/6.1/0002-....patch
 * CVE-2024-26581/5.15/....patch
 * </pre>
 *
 * <p>The first directory names the CVE, the second the branch that the fix was adapted for. Its files that end in
 * {@code .patch} or {@code .diff} are the fix, in the order of their names. Each says in its head who adapted it, as
 * {@code git format-patch} does: {@code From: NAME <ADDRESS>}. Their commits have no id, since no kernel has them.
 *
 * <p>An adapted fix wins over one that the other source has for the same branch, or for a branch that serves the kernel less
 * well ({@link FixLine}). Its {@link FixOrigin.Adapted} says who made it, and how it differs from what the other source
 * would have given. If that source is broken, an adapted fix stands without an original.
 *
 * <p>What lies in the directory was put there to be used. So an entry that cannot be used, for instance since its patch names
 * no author, is a {@link FixSourceException}, and the other source is not used in its place. Links are not followed.
 *
 * <p>Immutable, and as safe for use by several threads as the other source is. The directory is read anew at each call.
 *
 * @since 0.1
 */
public final class OverlayFixSource implements FixSource {
    private final Path directory;
    private final FixSource others;

    private OverlayFixSource(Path directory, FixSource others) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.others = Objects.requireNonNull(others, "others");
    }

    /**
     * Puts adapted fixes over a source. The directory is first looked at when a fix is looked up.
     *
     * @param directory where they are
     * @param others where the originals are
     * @return the source of both
     */
    public static OverlayFixSource of(Path directory, FixSource others) {
        return new OverlayFixSource(directory, others);
    }

    /**
     * {@inheritDoc}
     *
     * @throws FixSourceException if the directory or an entry in it cannot be used
     */
    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        return Task.run(context, "find an adapted fix of " + cve.id() + " in " + directory, "patches", task -> {
            Optional<AdaptedFix> adapted = adapted(cve, kernel.version(), task);
            return adapted.isEmpty()
                    ? others.find(cve, kernel, context)
                    : better(adapted.get(), originals(cve, kernel, context, task), cve, kernel.version(), task);
        });
    }

    private Optional<AdaptedFix> adapted(Cve cve, KernelVersion kernel, Task task) {
        try {
            return new OverlayDirectory(directory, task).find(cve.id(), kernel);
        } catch (UnusableCommitException e) {
            throw new FixSourceException(
                    directory.toString(),
                    FixSourceException.Fault.DAMAGED,
                    "The adapted fix of " + cve.id() + " in " + directory + " cannot be used: it " + e.getMessage()
                            + ".",
                    e);
        } catch (IOException e) {
            throw FixSourceException.of(directory, e);
        }
    }

    private FixLookup originals(Cve cve, KernelBuild kernel, Context context, Task task) {
        try {
            return others.find(cve, kernel, context);
        } catch (CancelledException e) {
            throw e;
        } catch (TuxtapeException e) {
            String reason = "The original of an adapted fix could not be looked up: " + e.getMessage();
            task.note(reason);
            return new FixLookup.Missing(reason);
        }
    }

    private static FixLookup better(AdaptedFix adapted, FixLookup originals, Cve cve, KernelVersion kernel, Task task) {
        Optional<Fix> original = fix(originals);
        Comparator<FixLine> order = FixLine.nearestTo(kernel);
        if (original.isPresent() && order.compare(FixLine.of(original.get(), cve), adapted.line()) < 0) {
            return originals;
        }
        Fix fix = adapted.of(cve.id(), original, task.cancellation());
        return fix.branch().isOnBranchOf(kernel)
                ? new FixLookup.Found(fix)
                : new FixLookup.NeedsBackport(
                        fix, "It was adapted for " + fix.branch() + ", not for " + kernel.branch() + ".");
    }

    private static Optional<Fix> fix(FixLookup lookup) {
        if (lookup instanceof FixLookup.Found found) {
            return Optional.of(found.fix());
        }
        return lookup instanceof FixLookup.NeedsBackport backport ? Optional.of(backport.fix()) : Optional.empty();
    }
}
