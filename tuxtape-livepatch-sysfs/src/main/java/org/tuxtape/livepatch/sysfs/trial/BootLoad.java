package org.tuxtape.livepatch.sysfs.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.trial.PatchStore.Contents;

/**
 * Brings the accepted livepatches of a store back into force after a boot. Safe for use by several threads.
 *
 * <p>Of those made for the running kernel, the newest one that replaces all others and can be loaded comes first, then
 * those that were accepted after it and stack upon it, in their order. What cannot be loaded counts as if it had not been
 * accepted: then the one that it would have replaced is loaded in its place. What is in force and not accepted is never
 * replaced: then the one that would do so is left out, and what was accepted before it.
 *
 * <p>Each is given a load marker before. {@link PatchStore#settled()} takes the markers off once the machine has run for a
 * while, and {@link PatchStore#goingDown()} before it is shut down in good order. A patch that cannot be marked, for
 * example since the disk is full, is not loaded.
 *
 * @since 0.1
 */
public final class BootLoad {
    /** The word on the kernel's command line with which nothing is loaded at boot: {@value}. */
    public static final String OFF = "notuxtape";

    private static final String TASK = "load the accepted livepatches";

    private final LivepatchController controller;
    private final PatchStore store;

    private BootLoad(LivepatchController controller, PatchStore store) {
        this.controller = controller;
        this.store = store;
    }

    /**
     * Joins a controller and a store.
     *
     * @param controller what loads
     * @param store what is loaded
     * @return the two
     */
    public static BootLoad of(LivepatchController controller, PatchStore store) {
        return new BootLoad(controller, store);
    }

    /**
     * Loads what is accepted and not in force. Nothing is loaded if the kernel's command line has the word
     * {@value #OFF}.
     *
     * @param policy how each load is seen through
     * @param context cancellation, listener and clock
     * @return what became of each patch; one that fails does not keep the others from being loaded
     * @throws StoreException if the store as a whole cannot be read, or another process is loading
     */
    public BootReport load(TransitionPolicy policy, Context context) {
        StoreLock lock = store.lockLoading("which loads the accepted livepatches");
        try {
            Contents contents = store.contents();
            List<BootReport.Entry> entries = new ArrayList<>();
            List<StoredPatch> wanted = sorted(contents.patches(), entries);
            contents.faults().forEach(fault -> entries.add(new BootReport.Failed(Optional.empty(), fault)));
            entries.addAll(bring(wanted, policy, context));
            return new BootReport(entries);
        } finally {
            lock.close();
        }
    }

    /** Returns those that may be loaded. The others get their entries. */
    private List<StoredPatch> sorted(List<StoredPatch> patches, List<BootReport.Entry> entries) {
        List<StoredPatch> wanted = new ArrayList<>();
        for (StoredPatch patch : patches) {
            reasonAgainst(patch)
                    .ifPresentOrElse(
                            reason -> entries.add(new BootReport.LeftOut(patch, reason)), () -> wanted.add(patch));
        }
        return wanted;
    }

    private Optional<String> reasonAgainst(StoredPatch patch) {
        if (store.boot().parameters().contains(OFF)) {
            return Optional.of("The kernel was booted with " + OFF + ".");
        }
        if (patch.state() != PatchState.ACCEPTED) {
            return Optional.of("It is not accepted: " + patch);
        }
        if (!isForThisKernel(patch)) {
            return Optional.of("It was made for " + patch.manifest().release() + ".");
        }
        return Optional.empty();
    }

    private boolean isForThisKernel(StoredPatch patch) {
        return patch.manifest().release().equals(store.boot().release());
    }

    /**
     * Puts back what is accepted of that which a livepatch on trial had replaced. That is nothing new, and needs no
     * marker once it is loaded, except where it bore one before.
     */
    BootReport restore(Predicate<LivepatchName> wasInForce, TransitionPolicy policy, Context context) {
        List<BootReport.Entry> entries = new ArrayList<>();
        List<StoredPatch> replaced = store.contents().patches().stream()
                .filter(patch -> patch.state() == PatchState.ACCEPTED)
                .filter(patch -> wasInForce.test(patch.manifest().name()))
                .toList();
        List<StoredPatch> wanted = sorted(replaced, entries);
        entries.addAll(bring(wanted, policy, context));
        wanted.stream()
                .filter(patch -> !patch.marked())
                .map(store::refresh)
                .filter(patch -> patch.marked() && patch.state() == PatchState.ACCEPTED)
                .forEach(patch -> store.mark(patch, false));
        return new BootReport(entries);
    }

    private List<BootReport.Entry> bring(List<StoredPatch> accepted, TransitionPolicy policy, Context context) {
        List<BootReport.Entry> entries = new ArrayList<>();
        context.tell(new Event.Started(TASK, OptionalLong.of(accepted.size()), "livepatches"));
        Event.End end = Event.End.FAILED;
        try {
            int base = accepted.size() - 1;
            for (; base >= 0; base--) {
                StoredPatch patch = accepted.get(base);
                Optional<LivepatchName> stranger = replaces(patch) ? wouldReplace(patch, accepted) : Optional.empty();
                if (stranger.isPresent()) {
                    entries.add(new BootReport.LeftOut(patch, stranger.get() + " is in force, and would be replaced."));
                    break;
                }
                if (replaces(patch) && isInForce(load(patch, policy, context, entries))) {
                    break;
                }
            }
            for (int i = 0; i < accepted.size(); i++) {
                StoredPatch patch = accepted.get(i);
                if (i < base) {
                    entries.add(new BootReport.LeftOut(
                            patch, accepted.get(base).manifest().name() + " replaces it."));
                } else if (!replaces(patch)) {
                    load(patch, policy, context, entries);
                }
                context.tell(new Event.Advanced(TASK, i + 1L));
            }
            end = Event.End.COMPLETED;
        } catch (CancelledException e) {
            end = Event.End.CANCELLED;
            throw e;
        } finally {
            context.tell(new Event.Ended(TASK, end));
        }
        return entries;
    }

    /** Names a livepatch that nobody would bring back. One that is in force itself replaces nothing any more. */
    private Optional<LivepatchName> wouldReplace(StoredPatch patch, List<StoredPatch> accepted) {
        List<LivepatchName> enabled = controller.loaded().stream()
                .filter(Livepatch::enabled)
                .map(Livepatch::name)
                .toList();
        List<LivepatchName> known =
                accepted.stream().map(each -> each.manifest().name()).toList();
        return enabled.contains(patch.manifest().name())
                ? Optional.empty()
                : enabled.stream().filter(name -> !known.contains(name)).findFirst();
    }

    private static boolean replaces(StoredPatch patch) {
        return patch.manifest().replacement() == Replacement.REPLACE_ALL;
    }

    private static boolean isInForce(BootReport.Entry entry) {
        return entry instanceof BootReport.Tried tried && tried.isInForce();
    }

    private BootReport.Entry load(
            StoredPatch patch, TransitionPolicy policy, Context context, List<BootReport.Entry> entries) {
        BootReport.Entry entry;
        try {
            entry = load(patch, policy, context);
        } catch (CancelledException e) {
            throw e;
        } catch (TuxtapeException e) {
            entry = new BootReport.Failed(Optional.of(patch), e);
        }
        entries.add(entry);
        return entry;
    }

    private BootReport.Tried load(StoredPatch patch, TransitionPolicy policy, Context context) {
        StoredPatch marked = store.markForBoot(patch);
        TransitionOutcome outcome = controller.load(marked.module(), policy, context);
        if (outcome instanceof TransitionOutcome.Refused refused
                && refused.obstacle().cause() == Cause.NAME_TAKEN) {
            // What was disabled or replaced leaves its module behind.
            controller.unload(patch.manifest().name(), context);
            outcome = controller.load(marked.module(), policy, context);
        }
        boolean wasSettled = outcome instanceof TransitionOutcome.AlreadySo && !patch.marked();
        boolean isOver = outcome instanceof TransitionOutcome.Refused
                || outcome instanceof TransitionOutcome.Reversed
                || outcome instanceof TransitionOutcome.Cancelled;
        return new BootReport.Tried(wasSettled || isOver ? store.mark(marked, false) : marked, outcome);
    }
}
