package org.tuxtape.livepatch.sysfs.trial;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.trial.StateText.Marker;
import org.tuxtape.livepatch.sysfs.trial.StoreException.Fault;

/**
 * Keeps the livepatches of a machine and what became of them: for each a copy of its module, its manifest, and a state
 * file that people can read.
 *
 * <pre>
 * /var/lib/tuxtape/lock                       who changes the store
 * /var/lib/tuxtape/load.lock                  who loads and watches
 * /var/lib/tuxtape/patches/&lt;SHA-256&gt;/state    what became of it
 * </pre>
 *
 * <p>A patch bears a <b>load marker</b> from before it is loaded until its trial has ended and, if need be, it was taken
 * back; an accepted one from before it is loaded at boot until {@link #settled()}. If the machine goes down meanwhile,
 * the patch is turned down: its marker names a boot that is over. If only the process dies, the marker names this boot,
 * and {@link Trial#goOn} goes on.
 *
 * <p>A change is there at once and whole, or not at all, also if the process is killed or the disk is full. Changes
 * exclude each other between processes; reading needs no lock and no more rights than the files ask for. Safe for use by
 * several threads. Every method throws a {@link StoreException} if the store cannot be read or changed.
 *
 * @since 0.1
 */
public final class PatchStore {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SHUTDOWN = "The machine was shut down during its trial.";

    private final Path directory;
    private final Path patches;
    private final CurrentBoot boot;
    private final Context context;
    private final Disk disk;
    private final PatchFiles files;
    private boolean isChanging;

    private PatchStore(Path directory, CurrentBoot boot, Context context, Disk disk) {
        this.directory = directory;
        this.boot = boot;
        this.context = context;
        this.disk = disk;
        this.patches = directory.resolve("patches");
        this.files = new PatchFiles(patches, boot.id(), disk);
    }

    /**
     * Opens a store. One that is not there is empty, and is created by the first change.
     *
     * @param directory for example {@code /var/lib/tuxtape}; nobody but its owner may be able to write it
     * @param kernel the machine that the store belongs to; its boot and release are read
     * @param context clock and sleeper; a wish to cancel does not keep a state from being written
     * @return the store
     * @throws StoreException if others may write the directory, or it belongs to another user than root and the one of
     *     this process
     * @throws org.tuxtape.livepatch.sysfs.kernel.KernelAccessException if the kernel's files cannot be read
     */
    public static PatchStore open(Path directory, KernelFiles kernel, Context context) {
        return open(directory, kernel, context, Disk.REAL);
    }

    static PatchStore open(Path directory, KernelFiles kernel, Context context, Disk disk) {
        PatchStore store =
                new PatchStore(directory, CurrentBoot.of(kernel), context.with(CancellationToken.never()), disk);
        store.requireSafe();
        return store;
    }

    /**
     * What a store holds.
     *
     * @param patches those that can be read, the one whose state is the oldest first
     * @param faults one for each of the others
     */
    public record Contents(List<StoredPatch> patches, List<StoreException> faults) {
        /** Copies the lists. */
        public Contents {
            patches = List.copyOf(patches);
            faults = List.copyOf(faults);
        }
    }

    /**
     * Reads everything.
     *
     * @return the patches, and what could not be read
     */
    public Contents contents() {
        List<StoredPatch> patches = new ArrayList<>();
        List<StoreException> faults = new ArrayList<>();
        for (String digest : files.digests()) {
            try {
                patches.add(files.read(digest));
            } catch (StoreException e) {
                if (files.has(digest)) {
                    faults.add(e);
                }
            }
        }
        patches.sort(Comparator.comparing(StoredPatch::since)
                .thenComparing(patch -> patch.manifest().name())
                .thenComparing(patch -> patch.manifest().sha256()));
        return new Contents(patches, faults);
    }

    /**
     * Reads a patch again.
     *
     * @param patch as it was
     * @return as it is
     */
    public StoredPatch refresh(StoredPatch patch) {
        return files.read(patch.manifest().sha256());
    }

    /**
     * Puts a patch into the store: copies its module and checks that it is what the manifest says. One that is there
     * already stays as it is.
     *
     * @param module the module and its manifest
     * @param who the person or program that does it, not blank
     * @return the patch as the store has it
     */
    public StoredPatch add(LivepatchModule module, String who) {
        String digest = module.manifest().sha256();
        return changing("to add " + module.manifest().name(), () -> {
            if (!files.has(digest)) {
                files.add(module, state(PatchState.ADDED, false, who, "It was added."));
            }
            return files.read(digest);
        });
    }

    /**
     * Accepts a patch that has passed its trial: it is loaded at every boot from now on.
     *
     * @param patch the patch
     * @param who the person or program that does it, not blank
     * @param why the reason, not blank
     * @return the patch as it is now
     */
    public StoredPatch accept(StoredPatch patch, String who, String why) {
        return change(
                patch,
                EnumSet.of(PatchState.PASSED),
                "Only one that has PASSED its trial can be accepted.",
                state(PatchState.ACCEPTED, false, who, why));
    }

    /**
     * Turns a patch down, in whatever state it is. That does not take it out of the kernel, but a trial that watches it
     * does so.
     *
     * @param patch the patch
     * @param who the person or program that does it, not blank
     * @param why the reason, not blank
     * @return the patch as it is now
     */
    public StoredPatch turnDown(StoredPatch patch, String who, String why) {
        return turnDown(patch, false, who, why);
    }

    /** One that is to be taken out has a mark, which whoever comes after a death acts upon. */
    StoredPatch turnDown(StoredPatch patch, boolean isToBeTakenOut, String who, String why) {
        return changing("to turn down " + patch.manifest().name(), () -> {
            boolean marked = refresh(patch).marked() || isToBeTakenOut;
            return put(patch, state(PatchState.TURNED_DOWN, marked, who, why));
        });
    }

    /**
     * Lets a patch that was turned down be tried again.
     *
     * @param patch the patch
     * @param who the person who answers for it, not blank
     * @param why the reason, not blank
     * @return the patch as it is now
     */
    public StoredPatch allow(StoredPatch patch, String who, String why) {
        return changing("to allow " + patch.manifest().name(), () -> {
            StoredPatch now = refresh(patch);
            if (now.marked()) {
                throw wrong(now, "It is still to be taken out of the kernel.");
            }
            return change(
                    patch,
                    EnumSet.of(PatchState.TURNED_DOWN),
                    "Only one that was TURNED_DOWN can be allowed again.",
                    state(PatchState.ADDED, false, who, why));
        });
    }

    /**
     * Removes a patch from the store. One that is on trial or was turned down cannot be: the latter has to be
     * {@linkplain #allow allowed} before.
     *
     * @param patch the patch
     */
    public void forget(StoredPatch patch) {
        changing("to forget " + patch.manifest().name(), () -> {
            StoredPatch now = refresh(patch);
            require(
                    now,
                    EnumSet.of(PatchState.ADDED, PatchState.PASSED, PatchState.ACCEPTED),
                    "One that is ON_TRIAL cannot be forgotten, and one that was TURNED_DOWN has to be allowed before.");
            files.remove(now);
            return now;
        });
    }

    /**
     * Says that the machine does well with the patches that were loaded at boot: takes off their load markers. Patches
     * on trial keep theirs.
     */
    public void settled() {
        unmark("to settle the boot", EnumSet.of(PatchState.ACCEPTED));
    }

    /**
     * Says that the machine is about to go down in good order, which is to be held against no patch: takes off all load
     * markers. A trial that is under way counts as never begun.
     */
    public void goingDown() {
        unmark("before the machine goes down", EnumSet.allOf(PatchState.class));
    }

    private void unmark(String purpose, Set<PatchState> states) {
        if (marked(states).isEmpty()) {
            return;
        }
        changing(purpose, () -> {
            for (StoredPatch patch : marked(states)) {
                if (patch.state() == PatchState.ON_TRIAL) {
                    put(patch, state(PatchState.ADDED, false, patch.by(), SHUTDOWN));
                } else {
                    mark(patch, false);
                }
            }
            return states;
        });
    }

    private List<StoredPatch> marked(Set<PatchState> states) {
        return contents().patches().stream()
                .filter(patch -> patch.marked() && states.contains(patch.state()))
                .toList();
    }

    CurrentBoot boot() {
        return boot;
    }

    /** Keeps other processes from loading and watching; those that only change the store are not kept out. */
    StoreLock lockLoading(String purpose) {
        create();
        return undisturbed(() -> StoreLock.take(directory.resolve("load.lock"), purpose, Duration.ZERO, context));
    }

    /** Marks a patch whose module is still what it was. After this it may be loaded. */
    StoredPatch begin(StoredPatch patch, String who) {
        return changing("to begin the trial of " + patch.manifest().name(), () -> {
            files.verify(patch);
            return change(
                    patch,
                    EnumSet.of(PatchState.ADDED, PatchState.PASSED, PatchState.ON_TRIAL),
                    "Only one that is ADDED, ON_TRIAL or PASSED can be tried.",
                    state(PatchState.ON_TRIAL, true, who, "It is on trial."));
        });
    }

    /** Ends a trial that turned nothing down. */
    StoredPatch end(StoredPatch patch, PatchState state, String who, String why) {
        return change(
                patch,
                EnumSet.of(PatchState.ON_TRIAL),
                "Only a trial of one that is ON_TRIAL can end.",
                state(state, false, who, why));
    }

    /** Puts a load marker of this boot on a patch whose state stays, or takes it off. */
    StoredPatch mark(StoredPatch patch, boolean marked) {
        return changing("to mark " + patch.manifest().name(), () -> {
            StoredPatch now = refresh(patch);
            Optional<Marker> marker = marked ? Optional.of(marker()) : Optional.empty();
            return put(now, new StateText(now.state(), marker, now.since(), now.by(), now.why()));
        });
    }

    /** Puts a load marker on a patch that is accepted and whose module is still what it was. */
    StoredPatch markForBoot(StoredPatch patch) {
        return changing("to mark " + patch.manifest().name(), () -> {
            require(refresh(patch), EnumSet.of(PatchState.ACCEPTED), "Only one that is ACCEPTED is loaded at boot.");
            files.verify(patch);
            return mark(patch, true);
        });
    }

    private StoredPatch change(StoredPatch patch, Set<PatchState> from, String rule, StateText to) {
        return changing("to make " + patch.manifest().name() + " " + to.state(), () -> {
            require(refresh(patch), from, rule);
            return put(patch, to);
        });
    }

    private StoredPatch put(StoredPatch patch, StateText state) {
        files.put(patch, state);
        return refresh(patch);
    }

    private StateText state(PatchState state, boolean marked, String by, String why) {
        return new StateText(
                state,
                marked ? Optional.of(marker()) : Optional.empty(),
                context.clock().instant(),
                by,
                why);
    }

    private Marker marker() {
        return new Marker(boot.id(), context.clock().instant());
    }

    private static void require(StoredPatch patch, Set<PatchState> states, String rule) {
        if (!states.contains(patch.state())) {
            throw wrong(patch, rule);
        }
    }

    private static StoreException wrong(StoredPatch patch, String rule) {
        return new StoreException(
                Fault.WRONG_STATE, patch.file(), patch.manifest().name() + " is " + patch.state() + ". " + rule);
    }

    /** Changes the store while nobody else does. What such a change calls takes part in it. */
    private synchronized <T> T changing(String purpose, Supplier<T> change) {
        if (isChanging) {
            return change.get();
        }
        return undisturbed(() -> {
            create();
            StoreLock lock = StoreLock.take(directory.resolve("lock"), purpose, PATIENCE, context);
            isChanging = true;
            try {
                return change.get();
            } finally {
                isChanging = false;
                lock.close();
            }
        });
    }

    /** An interrupt would close the files in the middle of a change, so it waits until that is done. */
    private static <T> T undisturbed(Supplier<T> change) {
        boolean interrupted = Thread.interrupted();
        try {
            return change.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void create() {
        for (Path wanted : List.of(directory, patches)) {
            try {
                if (!Files.isDirectory(wanted)) {
                    disk.createDirectory(wanted);
                    disk.sync(wanted.toAbsolutePath().resolve("..").normalize());
                }
            } catch (FileAlreadyExistsException e) {
                // Another process was faster, or it is no directory, which the next step finds out.
            } catch (IOException e) {
                throw PatchFiles.failed(wanted, "created", e);
            }
        }
        requireSafe();
    }

    private void requireSafe() {
        Ownership.require(directory);
        Ownership.require(patches);
    }
}
