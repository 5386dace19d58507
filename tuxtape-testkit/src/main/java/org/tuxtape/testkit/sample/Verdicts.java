package org.tuxtape.testkit.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.HunkState;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.source.Inclusion;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.FixHunk;
import org.tuxtape.core.triage.ModuleState;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.core.triage.VexJustification;
import org.tuxtape.core.triage.VexStatus;

/**
 * Verdicts for tests, also such as {@link Verdict#of} would never draw: the type allows them.
 *
 * @since 0.1
 */
public final class Verdicts {
    private static final List<VexStatus> DECISIONS =
            List.of(VexStatus.AFFECTED, VexStatus.NOT_AFFECTED, VexStatus.FIXED);
    private static final int MANY = 1000;

    private Verdicts() {}

    /**
     * Returns the verdict that no evidence was found for.
     *
     * @return under investigation
     */
    public static Verdict empty() {
        return Verdict.of(List.of());
    }

    /**
     * Returns a verdict on a thousand files.
     *
     * @return a verdict larger than any real one
     */
    public static Verdict huge() {
        RandomGenerator random = Draw.seeded(MANY);
        return Verdict.of(List.of(version(random), files(MANY, random)));
    }

    /**
     * Returns verdicts of every kind: {@link #empty()}, {@link #huge()}, each status and justification without
     * evidence, and others with any evidence.
     *
     * @param seed equal seeds give equal verdicts
     * @param count how many; at least one of each kind is given in any case
     * @return the verdicts
     */
    public static List<Verdict> spread(long seed, int count) {
        RandomGenerator random = Draw.seeded(seed);
        List<Verdict> verdicts = new ArrayList<>(List.of(empty(), huge()));
        for (VexStatus status : VexStatus.values()) {
            verdicts.add(new Verdict(status, Optional.empty(), random.nextBoolean(), List.of()));
        }
        for (VexJustification justification : VexJustification.values()) {
            verdicts.add(new Verdict(VexStatus.NOT_AFFECTED, Optional.of(justification), false, List.of()));
        }
        while (verdicts.size() < count) {
            verdicts.add(random(random));
        }
        return List.copyOf(verdicts);
    }

    private static Verdict random(RandomGenerator random) {
        List<Evidence> evidence = Draw.list(random.nextInt(6), () -> evidence(random));
        return random.nextBoolean()
                ? Verdict.of(evidence)
                : new Verdict(Draw.oneOf(List.of(VexStatus.values()), random), Optional.empty(), true, evidence);
    }

    private static Evidence evidence(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> version(random);
            case 1 -> files(random.nextInt(4), random);
            case 2 -> functions(random);
            case 3 -> source(random);
            default -> runTime(random);
        };
    }

    private static Evidence functions(RandomGenerator random) {
        boolean leftOut = random.nextBoolean();
        SortedMap<FixHunk, Inclusion> hunks = new TreeMap<>();
        hunks.put(hunk(random), leftOut ? Inclusion.LEFT_OUT : Inclusion.UNKNOWN);
        Optional<VexStatus> status = leftOut ? Optional.of(VexStatus.NOT_AFFECTED) : Optional.empty();
        return new Evidence.Functions(status, List.of(), hunks, leftOut && random.nextBoolean(), "Drawn.");
    }

    private static Evidence source(RandomGenerator random) {
        HunkState state = Draw.oneOf(List.of(HunkState.values()), random);
        Optional<VexStatus> status = switch (state) {
            case BEFORE -> Optional.of(VexStatus.AFFECTED);
            case AFTER -> Optional.of(VexStatus.FIXED);
            case NEITHER, BOTH -> Optional.empty();
        };
        SortedMap<FixHunk, HunkState> hunks = new TreeMap<>();
        hunks.put(hunk(random), state);
        return new Evidence.Source(status, hunks, status.isPresent() && random.nextBoolean(), "Drawn.");
    }

    private static Evidence runTime(RandomGenerator random) {
        SortedMap<KernelObject, ModuleState> modules = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            modules.put(Draw.object(random), Draw.oneOf(List.of(ModuleState.values()), random));
        }
        return new Evidence.RunTime(modules, "Drawn.");
    }

    private static FixHunk hunk(RandomGenerator random) {
        return new FixHunk(new DiffPath(Draw.path(random).text()), 1 + random.nextInt(3));
    }

    private static Evidence version(RandomGenerator random) {
        Optional<VexStatus> status =
                random.nextBoolean() ? Optional.of(Draw.oneOf(DECISIONS, random)) : Optional.empty();
        Optional<Change> event = random.nextBoolean() ? Optional.of(Change.of(Draw.version(random))) : Optional.empty();
        return new Evidence.Version(status, event, status.isPresent() && random.nextBoolean(), "Drawn.");
    }

    private static Evidence files(int count, RandomGenerator random) {
        SortedMap<SourcePath, FilePresence> files = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            files.put(Draw.path(random), presence(random));
        }
        return new Evidence.Files(files, "Drawn.");
    }

    private static FilePresence presence(RandomGenerator random) {
        TreeSet<KernelObject> objects = new TreeSet<>(Draw.list(1 + random.nextInt(3), () -> Draw.object(random)));
        return switch (random.nextInt(4)) {
            case 0 -> new FilePresence.Compiled(objects);
            case 1 -> new FilePresence.Included(new TreeSet<>(List.of(Draw.path(random))), objects);
            case 2 -> new FilePresence.Absent("Drawn.");
            default -> new FilePresence.Unknown("Drawn.");
        };
    }
}
