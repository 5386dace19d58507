package org.tuxtape.core.triage;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.diff.HunkState;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.source.Inclusion;

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
     * @param files every such file with what is known of it; of one that moved, where it is now
     * @param moved the files that are named otherwise in this kernel's source, with how they were found
     * @param reason one or more sentences
     */
    record Files(SortedMap<SourcePath, FilePresence> files, List<MovedFile> moved, String reason) implements Evidence {
        /** Copies the map and the list. */
        public Files {
            files = Sorted.map(files);
            moved = List.copyOf(moved);
            Objects.requireNonNull(reason, "reason");
        }

        /**
         * Takes files that all are where they are said to be.
         *
         * @param files every such file with what is known of it
         * @param reason one or more sentences
         */
        public Files(SortedMap<SourcePath, FilePresence> files, String reason) {
            this(files, List.of(), reason);
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

    /**
     * What the build made of the code that the fix changes: which functions that is, and whether the preprocessor lets the
     * compiler see the lines.
     *
     * @param decides not affected where the compiler sees no line that the fix changes; empty for anything else
     * @param functions the functions that the fix changes, adds or removes; that one is among the symbols makes it more
     *     certain that its code is there, that it is not says nothing
     * @param hunks for each hunk of the fix, whether the compiler sees the lines that it changes: not those of a file that
     *     is not built, nor those under a condition that does not hold
     * @param isWeak whether this decides, and by a fix of another branch or a difference of trees
     * @param reason one or more sentences
     */
    record Functions(
            Optional<VexStatus> decides,
            List<ChangedFunction> functions,
            SortedMap<FixHunk, Inclusion> hunks,
            boolean isWeak,
            String reason)
            implements Evidence {
        /** Copies the collections, and rejects a decision that the hunks do not bear. */
        public Functions {
            functions = List.copyOf(functions);
            hunks = Sorted.map(hunks);
            Objects.requireNonNull(reason, "reason");
            if (decides.isEmpty() ? isWeak : decides.get() != VexStatus.NOT_AFFECTED || !isLeftOut(hunks)) {
                throw new IllegalArgumentException("These hunks do not say '" + decides + "'.");
            }
        }

        @Override
        public Rung rung() {
            return Rung.FUNCTIONS;
        }

        static boolean isLeftOut(Map<FixHunk, Inclusion> hunks) {
            return !hunks.isEmpty() && hunks.values().stream().allMatch(Inclusion.LEFT_OUT::equals);
        }
    }

    /**
     * Whether this very source holds the fix.
     *
     * @param decides fixed where all hunks are after the fix; affected where all are before it, unless the versions say
     *     that the kernel never had the bug; empty for anything else
     * @param hunks which side of each hunk the source holds; none where there is no fix to compare with
     * @param isWeak whether this decides, and by a fix that was made for another branch, or that is a difference of trees
     * @param reason one or more sentences
     */
    record Source(Optional<VexStatus> decides, SortedMap<FixHunk, HunkState> hunks, boolean isWeak, String reason)
            implements Evidence {
        /** Copies the map, and rejects a decision that the hunks do not bear. */
        public Source {
            hunks = Sorted.map(hunks);
            Objects.requireNonNull(reason, "reason");
            if (decides.isEmpty() ? isWeak : hunks.isEmpty() || !all(hunks, side(decides.get()))) {
                throw new IllegalArgumentException("These hunks do not say '" + decides + "'.");
            }
        }

        @Override
        public Rung rung() {
            return Rung.SOURCE;
        }

        private static boolean all(Map<FixHunk, HunkState> hunks, HunkState side) {
            return hunks.values().stream().allMatch(side::equals);
        }

        private static HunkState side(VexStatus status) {
            return switch (status) {
                case FIXED -> HunkState.AFTER;
                case AFFECTED -> HunkState.BEFORE;
                case NOT_AFFECTED, UNDER_INVESTIGATION -> HunkState.NEITHER;
            };
        }
    }

    /**
     * How the code is present on a machine that runs the kernel. It says who can reach the code today, and nothing about
     * whether it is vulnerable.
     *
     * @param modules the state of each object that holds the code
     * @param reason one or more sentences
     */
    record RunTime(SortedMap<KernelObject, ModuleState> modules, String reason) implements Evidence {
        /** Copies the map. */
        public RunTime {
            modules = Sorted.map(modules);
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Rung rung() {
            return Rung.RUN_TIME;
        }

        /** Nothing, ever. */
        @Override
        public Optional<VexStatus> decides() {
            return Optional.empty();
        }

        @Override
        public boolean isWeak() {
            return false;
        }
    }
}
