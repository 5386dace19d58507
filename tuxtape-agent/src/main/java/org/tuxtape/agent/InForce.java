package org.tuxtape.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.livepatch.sysfs.trial.PatchState;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;

/**
 * What the kernel has in force, as the store knows it. The kernel knows no digests, so a livepatch is taken for a stored
 * one if its name, what it patches and, where both show it, its build id are the same.
 *
 * @param known those that the store has, the one on top of the stack last
 * @param foreign those that it has not
 */
record InForce(List<StoredPatch> known, List<LivepatchName> foreign) {

    InForce {
        known = List.copyOf(known);
        foreign = List.copyOf(foreign);
    }

    static InForce of(List<Livepatch> loaded, PatchStore store, RunningKernel kernel) {
        List<StoredPatch> stored = store.contents().patches();
        List<StoredPatch> known = new ArrayList<>();
        List<LivepatchName> foreign = new ArrayList<>();
        for (Livepatch livepatch : loaded) {
            if (livepatch.enabled()) {
                stored.stream()
                        .filter(patch -> isSame(livepatch, patch, kernel))
                        // Where build ids do not tell, what was only added has never been loaded.
                        .max(Comparator.comparing((StoredPatch patch) -> patch.state() != PatchState.ADDED)
                                .thenComparing(StoredPatch::since))
                        .ifPresentOrElse(known::add, () -> foreign.add(livepatch.name()));
            }
        }
        return new InForce(known, foreign);
    }

    private static boolean isSame(Livepatch livepatch, StoredPatch patch, RunningKernel kernel) {
        if (!livepatch.name().equals(patch.manifest().name())) {
            return false;
        }
        SortedSet<PatchedFunction> wanted = new TreeSet<>();
        patch.manifest().functions().forEach(function -> wanted.add(function.asRunning()));
        SortedSet<PatchedFunction> shown = new TreeSet<>();
        livepatch.objects().forEach(object -> object.functions().forEach(function -> shown.add(function.asRunning())));
        if (!wanted.isEmpty() && !wanted.equals(shown)) {
            return false;
        }
        Optional<String> running = kernel.buildId(livepatch.name());
        Optional<String> offered = running.isPresent() ? buildId(patch) : Optional.empty();
        return running.isEmpty() || offered.isEmpty() || running.equals(offered);
    }

    private static Optional<String> buildId(StoredPatch patch) {
        try {
            return ModuleFile.parse(ByteBuffer.wrap(Files.readAllBytes(patch.file())))
                    .buildId();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<StoredPatch> top() {
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
    }

    boolean has(StoredPatch patch) {
        return known.stream().anyMatch(other -> ref(other).equals(ref(patch)));
    }

    static PatchRef ref(StoredPatch patch) {
        return new PatchRef(patch.manifest().sha256(), patch.manifest().name());
    }
}
