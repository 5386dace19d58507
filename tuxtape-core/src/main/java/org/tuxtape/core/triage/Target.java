package org.tuxtape.core.triage;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.source.SourceTree;

/**
 * A kernel that is judged, with what is at hand about it. The more there is, the higher the ladder can be climbed: fixes
 * find files that moved, and with the source beside them the third and fourth rung are reached; modules reach the fifth.
 *
 * <pre>{@code
 * Target kernel = Target.of(profile).with(source).with(fixes);
 * }</pre>
 *
 * @param profile what the build contains
 * @param source the source that it was built from
 * @param fixes where the fixes of CVEs are
 * @param modules the modules of a machine that runs it
 * @since 0.1
 */
public record Target(
        BuildProfile profile,
        Optional<SourceTree> source,
        Optional<FixSource> fixes,
        Optional<RunningModules> modules) {

    /** Rejects {@code null}. */
    public Target {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(fixes, "fixes");
        Objects.requireNonNull(modules, "modules");
    }

    /**
     * Returns a kernel of which nothing but the profile is at hand.
     *
     * @param profile what the build contains
     * @return the kernel
     */
    public static Target of(BuildProfile profile) {
        return new Target(profile, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Adds the source.
     *
     * @param tree the source that the kernel was built from
     * @return a target that differs in it
     */
    public Target with(SourceTree tree) {
        return new Target(profile, Optional.of(tree), fixes, modules);
    }

    /**
     * Adds fixes.
     *
     * @param store where the fixes of CVEs are
     * @return a target that differs in it
     */
    public Target with(FixSource store) {
        return new Target(profile, source, Optional.of(store), modules);
    }

    /**
     * Adds what a machine has loaded.
     *
     * @param running its modules
     * @return a target that differs in it
     */
    public Target with(RunningModules running) {
        return new Target(profile, source, fixes, Optional.of(running));
    }
}
