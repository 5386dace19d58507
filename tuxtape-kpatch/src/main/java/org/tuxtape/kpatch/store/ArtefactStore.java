package org.tuxtape.kpatch.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.LockFile;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.kpatch.store.StoreException.Fault;

/**
 * Keeps built livepatches by the key of their build, so that nothing is built twice:
 *
 * <pre>
 * DIRECTORY/lock                            who changes the store
 * DIRECTORY/artefacts/KEY/NAME.ko           the module
 * DIRECTORY/artefacts/KEY/NAME.ko.manifest  {@link Manifest#toText()}
 * DIRECTORY/artefacts/KEY/NAME.ko.reviews   {@link Reviews#toText()}, if there are any
 * DIRECTORY/artefacts/KEY/log               the log of the build, if there is one
 * </pre>
 *
 * <p>An entry is there at once and whole, or not at all, also if the process is killed or the disk is full, and it goes
 * in the same way. The first of two writers of a key wins, and the other gets what it has written. Changes exclude each
 * other between threads and processes; reading needs no lock. A file that was handed out may be gone after the store was
 * pruned.
 *
 * <p>Safe for use by several threads. Every method throws a {@link StoreException} if the store cannot be read or
 * changed.
 *
 * @since 0.1
 */
public final class ArtefactStore {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Logger LOG = LoggerFactory.getLogger(ArtefactStore.class);

    private final Path directory;
    private final Entries entries;
    private final Context context;

    private ArtefactStore(Path directory, Context context, Disk disk) {
        this.directory = directory;
        this.entries = new Entries(directory, disk);
        this.context = context.with(CancellationToken.never());
    }

    /**
     * Opens a store. One that is not there is empty, and is created by the first change.
     *
     * @param directory its directory
     * @param context clock and sleeper; a wish to cancel does not break off a change, which takes no longer than writing
     *     a file
     * @return the store
     */
    public static ArtefactStore open(Path directory, Context context) {
        return open(directory, context, Disk.REAL);
    }

    static ArtefactStore open(Path directory, Context context, Disk disk) {
        return new ArtefactStore(directory, context, disk);
    }

    /**
     * What a store holds.
     *
     * @param artefacts those that are sound, as far as was looked; the oldest first
     * @param damages one for each of the others
     */
    public record Contents(List<StoredArtefact> artefacts, List<Damage> damages) {
        /** Copies the lists. */
        public Contents {
            artefacts = List.copyOf(artefacts);
            damages = List.copyOf(damages);
        }
    }

    /**
     * Looks for a build. The digest of the module is checked; one that is damaged is logged and not found.
     *
     * @param key what it was built from
     * @return the artefact, if the store has it
     */
    public Optional<StoredArtefact> find(BuildKey key) {
        return entries.has(key) ? sound(entries.read(key, Entries.Depth.DIGEST)) : Optional.empty();
    }

    private static Optional<StoredArtefact> sound(Entries.Reading reading) {
        if (reading instanceof Entries.Reading.Sound sound) {
            return Optional.of(sound.artefact());
        }
        LOG.warn("Not used: {}", ((Entries.Reading.Damaged) reading).damage());
        return Optional.empty();
    }

    /**
     * Puts a build in, unless its key is there already and sound.
     *
     * @param module the module and its manifest, which has a key; the file is copied
     * @param log the log of the build, if there is one; the middle of a very long one is left out
     * @return what the store has for this key from now on
     * @throws IllegalArgumentException if the manifest has no key
     * @throws StoreException {@link Fault#OTHER_CONTENT} if the module is not what its manifest says
     */
    public StoredArtefact put(LivepatchModule module, Optional<Path> log) {
        Manifest manifest = module.manifest();
        BuildKey key = manifest.key()
                .orElseThrow(() -> new IllegalArgumentException("The manifest of " + manifest.name() + " has no key."));
        byte[] content = content(module);
        return changing("to put in " + manifest.name(), () -> {
            Optional<StoredArtefact> there = find(key);
            if (there.isEmpty()) {
                entries.write(key, content, manifest, log, context.clock().instant());
            }
            return there.or(() -> find(key))
                    .orElseThrow(() ->
                            new StoreException(Fault.IO, directory, directory + " lost what was written at once."));
        });
    }

    private static byte[] content(LivepatchModule module) {
        try {
            byte[] content = ModuleCheck.read(module.file());
            Optional<String> wrong = ModuleCheck.otherContent(content, module.manifest());
            if (wrong.isPresent()) {
                throw new StoreException(Fault.OTHER_CONTENT, module.file(), module.file() + ": " + wrong.get());
            }
            return content;
        } catch (IOException e) {
            throw StoreException.of(module.file(), "read", e);
        }
    }

    /**
     * Returns what was decided about a build.
     *
     * @param key what it was built from
     * @return its reviews; none if there are none, or no such build
     */
    public Reviews reviews(BuildKey key) {
        Optional<StoredArtefact> artefact = find(key);
        return artefact.isPresent() ? reviews(artefact.get()) : Reviews.none();
    }

    private Reviews reviews(StoredArtefact artefact) {
        try {
            return entries.reviews(artefact);
        } catch (IOException e) {
            throw StoreException.of(Reviews.beside(artefact.module().file()), "read", e);
        }
    }

    /**
     * Writes down a decision behind those that were made before, which stay as they are.
     *
     * @param key what was built
     * @param decision whether it may go on
     * @param reviewer who answers for it, not blank
     * @param reason why, not blank
     * @return all reviews of the build, this one at the end, with the time of the store's clock
     * @throws StoreException {@link Fault#IO} also if those before it cannot be read, or all of them would take more than
     *     8 MiB
     * @throws IllegalArgumentException if the store has no such build, or one that is damaged
     */
    public Reviews review(BuildKey key, Review.Decision decision, String reviewer, String reason) {
        return changing("to write down a review", () -> {
            StoredArtefact artefact =
                    find(key).orElseThrow(() -> new IllegalArgumentException(directory + " has no build " + key + "."));
            Reviews reviews = reviews(artefact)
                    .with(new Review(
                            decision,
                            reviewer,
                            reason,
                            context.clock().instant(),
                            artefact.module().manifest().sha256()));
            entries.write(artefact, reviews);
            return reviews;
        });
    }

    /**
     * Reads all manifests; the modules are looked at no further than that they are there.
     *
     * @return what the store holds
     */
    public Contents list() {
        return contents(Entries.Depth.MANIFEST, Context.standard());
    }

    /**
     * Checks everything: that each module has the digest of its manifest, and says the same of itself as the manifest.
     *
     * @param caller cancellation and listener, which is told the entries one by one
     * @return what the store holds
     * @throws org.tuxtape.core.CancelledException if the context asks to stop
     */
    public Contents verify(Context caller) {
        return contents(Entries.Depth.CONTENT, caller);
    }

    private Contents contents(Entries.Depth depth, Context caller) {
        List<StoredArtefact> artefacts = new ArrayList<>();
        List<Damage> damages = new ArrayList<>(entries.strangers());
        List<BuildKey> keys = entries.keys();
        String task = "read " + directory;
        caller.tell(new Event.Started(task, OptionalLong.of(keys.size()), "artefacts"));
        Event.End end = Event.End.FAILED;
        try {
            long done = 0;
            for (BuildKey key : keys) {
                if (caller.cancellation().isCancelled()) {
                    end = Event.End.CANCELLED;
                    caller.cancellation().throwIfCancelled();
                }
                Entries.Reading reading = entries.read(key, depth);
                if (reading instanceof Entries.Reading.Sound sound) {
                    artefacts.add(sound.artefact());
                } else if (entries.has(key)) {
                    damages.add(((Entries.Reading.Damaged) reading).damage());
                }
                caller.tell(new Event.Advanced(task, ++done));
            }
            end = Event.End.COMPLETED;
        } finally {
            caller.tell(new Event.Ended(task, end));
        }
        artefacts.sort(Comparator.comparing(StoredArtefact::since)
                .thenComparing(artefact -> artefact.key().text()));
        return new Contents(artefacts, damages);
    }

    /**
     * Removes what need not be kept, and entries that are damaged.
     *
     * @param retention what is kept
     * @return what was removed, without the damaged ones
     */
    public List<StoredArtefact> prune(Retention retention) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
            return List.of();
        }
        return changing("to prune", () -> {
            Instant now = context.clock().instant();
            for (BuildKey key : entries.keys()) {
                if (entries.read(key, Entries.Depth.DIGEST) instanceof Entries.Reading.Damaged) {
                    entries.remove(key);
                }
            }
            List<StoredArtefact> artefacts = list().artefacts();
            long left = artefacts.stream().mapToLong(StoredArtefact::bytes).sum();
            List<StoredArtefact> removed = new ArrayList<>();
            for (StoredArtefact artefact : artefacts) {
                boolean isOld = retention
                        .age()
                        .filter(age -> artefact.since().plus(age).isBefore(now))
                        .isPresent();
                boolean isTooMuch = retention.bytes().isPresent()
                        && left > retention.bytes().getAsLong();
                if ((isOld || isTooMuch) && !retention.keys().contains(artefact.key())) {
                    entries.remove(artefact.key());
                    removed.add(artefact);
                    left -= artefact.bytes();
                }
            }
            return removed;
        });
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    /** Changes the store while nobody else does, and clears away first what one left that was killed. */
    private <T> T changing(String purpose, Change<T> change) {
        try (LockFile lock = lock(purpose)) {
            entries.clear();
            try {
                return change.make();
            } finally {
                entries.clear();
                lock.clear();
            }
        } catch (IOException e) {
            throw StoreException.of(directory, "changed", e);
        }
    }

    private LockFile lock(String purpose) throws IOException {
        entries.create();
        Instant end = context.clock().instant().plus(PATIENCE);
        while (true) {
            LockFile.Attempt attempt = LockFile.attempt(directory.resolve("lock"));
            if (attempt instanceof LockFile.Attempt.Taken taken) {
                taken.lock().name("process " + ProcessHandle.current().pid() + ", " + purpose + '\n');
                return taken.lock();
            }
            if (!context.clock().instant().isBefore(end)) {
                String who = ((LockFile.Attempt.Held) attempt).text().strip();
                throw new StoreException(
                        Fault.BUSY,
                        directory,
                        directory + " is being changed by " + (who.isEmpty() ? "another process" : who) + ".");
            }
            context.pause(PAUSE);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArtefactStore store && directory.equals(store.directory);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directory);
    }

    /** Names the directory. */
    @Override
    public String toString() {
        return directory.toString();
    }
}
