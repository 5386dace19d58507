package org.tuxtape.testkit.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.triage.Evidence;
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
        List<Evidence> evidence = Draw.list(
                random.nextInt(4), () -> random.nextBoolean() ? version(random) : files(random.nextInt(4), random));
        return random.nextBoolean()
                ? Verdict.of(evidence)
                : new Verdict(Draw.oneOf(List.of(VexStatus.values()), random), Optional.empty(), true, evidence);
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
