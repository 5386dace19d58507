package org.tuxtape.profile;

import java.util.List;
import java.util.Objects;
import org.tuxtape.profile.internal.Merge;

/**
 * One profile of what several origins tell of the same build: a config gives the options, debug info the units, a tree
 * the paths.
 *
 * <pre>{@code
 * MergedProfile merged = MergedProfile.of(List.of(
 *         DebugInfo.of(vmlinux, modules).read(context),
 *         KbuildSource.of(config, source).read(context)));
 * merged.conflicts().forEach(System.out::println);
 * }</pre>
 *
 * <p>The leading origin is the one that is surest of "not compiled": one that names every input before one that names
 * units, and of equal ones the first in the list. What it says of a unit's objects counts. The others add units, options,
 * functions and the list of the source's files, the first of them first. That a file was not compiled outweighs another
 * origin that names it only where a tree says so: else the file counts as compiled. Where an origin says something else
 * than the profile, that is a conflict.
 *
 * @param profile what all say together
 * @param conflicts where they differ, ordered by kind and path
 * @since 0.1
 */
public record MergedProfile(KbuildProfile profile, List<Conflict> conflicts) {

    /**
     * Something of which two origins say different things.
     *
     * @param kind of what kind it is
     * @param subject what they differ about: a path, an option, or a part of the kernel's name
     * @param kept what the profile says
     * @param other what another origin says
     * @param origin that origin, as its provenance has it
     */
    public record Conflict(Kind kind, String subject, String kept, String other, String origin) {
        /** Rejects {@code null}. */
        public Conflict {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(kept, "kept");
            Objects.requireNonNull(other, "other");
            Objects.requireNonNull(origin, "origin");
        }

        /** What can differ. Later versions may add constants. */
        public enum Kind {
            /** The release, version, architecture, compiler or configuration: they may not be of the same build. */
            KERNEL,
            /** The objects of a unit. */
            OBJECTS,
            /** Whether a file was compiled. */
            COMPILED,
            /** The value of an option. */
            OPTION
        }

        @Override
        public String toString() {
            return subject + ": " + kept + ", but " + other + " by " + origin;
        }
    }

    /** Copies the list. */
    public MergedProfile {
        Objects.requireNonNull(profile, "profile");
        conflicts = List.copyOf(conflicts);
    }

    /**
     * Merges profiles.
     *
     * @param profiles of the same build; at least one
     * @return what they say together, and where they differ
     */
    public static MergedProfile of(List<KbuildProfile> profiles) {
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("At least one profile can be merged.");
        }
        Merge.Result merged =
                Merge.of(profiles.stream().map(KbuildProfile::contents).toList());
        return new MergedProfile(
                new KbuildProfile(merged.contents()),
                merged.differences().stream()
                        .map(found -> new Conflict(
                                Conflict.Kind.valueOf(found.kind().name()),
                                found.subject(),
                                found.kept(),
                                found.other(),
                                found.origin()))
                        .toList());
    }
}
