package org.tuxtape.core.triage;

import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

/**
 * What one rung of the ladder found. New rungs bring new cases in later major versions.
 *
 * @since 0.1
 */
public sealed interface Evidence {

    /**
     * Tells where on the ladder this was found.
     *
     * @return the rung
     */
    Rung rung();

    /**
     * Tells what the rung decides.
     *
     * @return a status, or empty if the rung cannot tell and passes on
     */
    Optional<VexStatus> decides();

    /**
     * Tells whether what it decides may be wrong for a reason that is known; {@link #reason()} names it.
     *
     * @return whether the decision is weak; never where nothing is decided
     */
    boolean isWeak();

    /**
     * Says what was found, for people.
     *
     * @return one or more sentences
     */
    String reason();

    /**
     * What the versions say.
     *
     * @param decides affected, not affected or fixed; empty if the versions do not tell
     * @param event the change that decided: the last one on the way to this kernel; empty if none did
     * @param isWeak whether the release has a vendor's suffix, so that back-ports may contradict the version
     * @param reason one or more sentences
     */
    record Version(Optional<VexStatus> decides, Optional<Change> event, boolean isWeak, String reason)
            implements Evidence {
        /** Rejects what is weak and decides nothing, and the decision not to decide. */
        public Version {
            if (decides.isEmpty() ? isWeak : decides.get() == VexStatus.UNDER_INVESTIGATION) {
                throw new IllegalArgumentException("A rung decides, or is empty and firm; not " + decides + ".");
            }
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Rung rung() {
            return Rung.VERSION;
        }
    }

    /**
     * What the build made of the files that the fix touches.
     *
     * @param files every such file with what is known of it
     * @param reason one or more sentences
     */
    record Files(SortedMap<SourcePath, FilePresence> files, String reason) implements Evidence {
        /** Copies the map. */
        public Files {
            files = Sorted.map(files);
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Rung rung() {
            return Rung.FILES;
        }

        /** Not affected if there are files and all of them are known to be left out; otherwise nothing. */
        @Override
        public Optional<VexStatus> decides() {
            return outcome() == Outcome.NOT_BUILT ? Optional.of(VexStatus.NOT_AFFECTED) : Optional.empty();
        }

        @Override
        public boolean isWeak() {
            return false;
        }

        /**
         * Sums the files up: the first outcome, in their order, that any file gives.
         *
         * @return what all of them together say; unknown if there are none
         */
        public Outcome outcome() {
            return files.entrySet().stream()
                    .map(file -> outcome(file.getKey(), file.getValue()))
                    .min(Comparator.naturalOrder())
                    .orElse(Outcome.UNKNOWN);
        }

        /**
         * Tells whether a file is known to be left out.
         *
         * @param path one of {@link #files()}, or any other path
         * @return {@code false} where it is built, unknown, or not among the files
         */
        public boolean isAbsent(SourcePath path) {
            return files.get(path) instanceof FilePresence.Absent;
        }

        private static Outcome outcome(SourcePath path, FilePresence presence) {
            if (presence instanceof FilePresence.Unknown) {
                return Outcome.UNKNOWN;
            }
            if (presence instanceof FilePresence.Absent) {
                return Outcome.NOT_BUILT;
            }
            return path.isHeader() ? Outcome.HEADER_ONLY : Outcome.COMPILED;
        }

        /**
         * Returns what the code was linked into. Headers count only where nothing else is known to be built: they are
         * included by thousands of units that have nothing to do with the bug.
         *
         * @return the objects, {@code vmlinux} first; empty if nothing is known to be built
         */
        public SortedSet<KernelObject> objects() {
            SortedSet<KernelObject> code = new TreeSet<>();
            SortedSet<KernelObject> headers = new TreeSet<>();
            files.forEach((path, presence) -> {
                SortedSet<KernelObject> objects = path.isHeader() ? headers : code;
                if (presence instanceof FilePresence.Compiled unit) {
                    objects.addAll(unit.objects());
                } else if (presence instanceof FilePresence.Included part) {
                    objects.addAll(part.objects());
                }
            });
            return Collections.unmodifiableSortedSet(code.isEmpty() ? headers : code);
        }

        /** What all files together say, the most telling first. */
        public enum Outcome {
            /** At least one file that is no header is compiled, or included by what is compiled. */
            COMPILED,
            /** Whether code is compiled is not known of at least one file, and of none is it known that it is. */
            UNKNOWN,
            /** Of all files only headers are in use. */
            HEADER_ONLY,
            /** Every file is known to be left out. */
            NOT_BUILT
        }
    }
}
