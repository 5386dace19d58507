package org.tuxtape.kpatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.kpatch.lint.LintRule;

/**
 * How livepatches are built.
 *
 * @param scratch an existing directory for what is needed while building; each build makes one of its own in it
 * @param wrapper a command that is put before every program, word by word, for example {@code chroot /srv/build} or
 *     {@code srun -n1 -c4}; it has to see the build tree and the scratch directory under the same paths; empty for none
 * @param jobs how many jobs make may run at once, at least 1
 * @param timeout how long one build may take, above zero
 * @param patience how long to wait for a tree that another build has, zero or above
 * @param fuzz how many context lines at each end of a hunk may differ when a fix is applied, 0 to 2
 * @param scripts whether a fix may change what runs while the kernel is built
 * @param targets what kpatch-build has make build, for example {@code vmlinux}. Empty for what a fix needs: the objects
 *     of the changed files where that is enough, which leaves out the links of vmlinux and of all modules; it is where no
 *     header is changed, all of it is part of vmlinux, and symbols have no versions. klp-build knows no targets
 * @param program kpatch-build itself; without it, it is looked for in {@code PATH}. klp-build always is the tree's own
 * @param vmlinux the original kernel with its debug information, for kpatch-build; without it, the tree's
 * @since 0.1
 */
public record BuilderOptions(
        Path scratch,
        List<String> wrapper,
        int jobs,
        Duration timeout,
        Duration patience,
        int fuzz,
        Scripts scripts,
        List<String> targets,
        Optional<Path> program,
        Optional<Path> vmlinux) {
    private static final int MOST_FUZZ = 2;

    /** What is done with a fix that changes what runs while the kernel is built. */
    public enum Scripts {
        /** It is refused: building such a fix runs what came from outside. */
        REFUSE,
        /** It is built like any other. */
        ALLOW;

        private static final Set<LintRule> ALLOWABLE =
                EnumSet.of(LintRule.BUILD_SCRIPT, LintRule.KCONFIG, LintRule.HOST_TOOL);

        /** Tells whether something that the lint refuses is built all the same. */
        boolean allows(LintRule rule) {
            return this == ALLOW && ALLOWABLE.contains(rule);
        }
    }

    /** Copies the lists, and rejects what is out of range. */
    public BuilderOptions {
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(scripts, "scripts");
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(vmlinux, "vmlinux");
        wrapper = List.copyOf(wrapper);
        targets = List.copyOf(targets);
        if (jobs < 1) {
            throw new IllegalArgumentException("At least one job is needed, not " + jobs + ".");
        }
        if (timeout.isNegative() || timeout.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "A build cannot take " + timeout + ", nor can it wait for " + patience + ".");
        }
        if (fuzz < 0 || fuzz > MOST_FUZZ) {
            throw new IllegalArgumentException("Fuzz is 0 to " + MOST_FUZZ + " lines, not " + fuzz + ".");
        }
    }

    /**
     * Returns the options that suit most: one job per processor, two hours for a build and for the wait before it, no
     * fuzz, build scripts refused, only what is needed built anew.
     *
     * @param scratch an existing directory
     * @return the default options
     */
    public static BuilderOptions in(Path scratch) {
        return new BuilderOptions(
                scratch,
                List.of(),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofHours(2),
                Duration.ofHours(2),
                0,
                Scripts.REFUSE,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Replaces the wrapper.
     *
     * @param words a command and its arguments, or nothing
     * @return options that differ in it
     */
    public BuilderOptions withWrapper(List<String> words) {
        return new BuilderOptions(scratch, words, jobs, timeout, patience, fuzz, scripts, targets, program, vmlinux);
    }

    /**
     * Replaces the number of jobs.
     *
     * @param number at least 1
     * @return options that differ in it
     */
    public BuilderOptions withJobs(int number) {
        return new BuilderOptions(
                scratch, wrapper, number, timeout, patience, fuzz, scripts, targets, program, vmlinux);
    }

    /**
     * Replaces the time that a build may take.
     *
     * @param time above zero
     * @return options that differ in it
     */
    public BuilderOptions withTimeout(Duration time) {
        return new BuilderOptions(scratch, wrapper, jobs, time, patience, fuzz, scripts, targets, program, vmlinux);
    }

    /**
     * Replaces the time to wait for a tree that another build has.
     *
     * @param time zero or above
     * @return options that differ in it
     */
    public BuilderOptions withPatience(Duration time) {
        return new BuilderOptions(scratch, wrapper, jobs, timeout, time, fuzz, scripts, targets, program, vmlinux);
    }

    /**
     * Replaces the fuzz.
     *
     * @param lines 0 to 2
     * @return options that differ in it
     */
    public BuilderOptions withFuzz(int lines) {
        return new BuilderOptions(scratch, wrapper, jobs, timeout, patience, lines, scripts, targets, program, vmlinux);
    }

    /**
     * Replaces what is done with a fix that changes build scripts.
     *
     * @param choice the new one
     * @return options that differ in it
     */
    public BuilderOptions withScripts(Scripts choice) {
        return new BuilderOptions(scratch, wrapper, jobs, timeout, patience, fuzz, choice, targets, program, vmlinux);
    }

    /**
     * Replaces what is built anew.
     *
     * @param names targets of make; none for what a fix needs
     * @return options that differ in it
     */
    public BuilderOptions withTargets(List<String> names) {
        return new BuilderOptions(scratch, wrapper, jobs, timeout, patience, fuzz, scripts, names, program, vmlinux);
    }

    /**
     * Names kpatch-build.
     *
     * @param file the program
     * @return options that differ in it
     */
    public BuilderOptions withProgram(Path file) {
        return new BuilderOptions(
                scratch, wrapper, jobs, timeout, patience, fuzz, scripts, targets, Optional.of(file), vmlinux);
    }

    /**
     * Names the original kernel.
     *
     * @param file a vmlinux with debug information
     * @return options that differ in it
     */
    public BuilderOptions withVmlinux(Path file) {
        return new BuilderOptions(
                scratch, wrapper, jobs, timeout, patience, fuzz, scripts, targets, program, Optional.of(file));
    }
}
