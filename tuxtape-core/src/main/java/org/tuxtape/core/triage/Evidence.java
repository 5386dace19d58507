package org.tuxtape.core.triage;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.cve.Change;
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
        /** Rejects {@code null}. */
        public Version {
            Objects.requireNonNull(decides, "decides");
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
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
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
         * Sums the files up.
         *
         * @return whether any is built, none is, or that cannot be told
         */
        public Outcome outcome() {
            Set<Outcome> each = EnumSet.noneOf(Outcome.class);
            files.values().forEach(presence -> each.add(of(presence)));
            if (each.contains(Outcome.BUILT)) {
                return Outcome.BUILT;
            }
            return each.equals(EnumSet.of(Outcome.NOT_BUILT)) ? Outcome.NOT_BUILT : Outcome.UNKNOWN;
        }

        private static Outcome of(FilePresence presence) {
            if (presence instanceof FilePresence.Unknown) {
                return Outcome.UNKNOWN;
            }
            return presence instanceof FilePresence.Absent ? Outcome.NOT_BUILT : Outcome.BUILT;
        }

        /**
         * Returns what the compiled files were linked into. Headers do not count: they are included by thousands of
         * units that have nothing to do with the bug. Where nothing but headers is built, their objects are returned.
         *
         * @return the objects, {@code vmlinux} first; empty unless {@link #outcome()} is {@link Outcome#BUILT}
         */
        public SortedSet<KernelObject> objects() {
            SortedSet<KernelObject> compiled = new TreeSet<>();
            SortedSet<KernelObject> included = new TreeSet<>();
            for (FilePresence presence : files.values()) {
                if (presence instanceof FilePresence.Compiled unit) {
                    compiled.addAll(unit.objects());
                } else if (presence instanceof FilePresence.Included part) {
                    included.addAll(part.objects());
                }
            }
            return Collections.unmodifiableSortedSet(compiled.isEmpty() ? included : compiled);
        }

        /** What all files together say. */
        public enum Outcome {
            /** At least one file is compiled, or included by what is compiled. */
            BUILT,
            /** Every file is known to be left out. */
            NOT_BUILT,
            /** No file is known to be built, and not all are known to be left out. */
            UNKNOWN
        }
    }
}
