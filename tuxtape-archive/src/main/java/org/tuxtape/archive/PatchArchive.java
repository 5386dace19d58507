package org.tuxtape.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tuxtape.archive.Publication.Refusal;
import org.tuxtape.archive.internal.tuf.Draft;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.internal.tuf.RoleMetadata.Link;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.Manifest;

/**
 * An archive of livepatches on the publisher's disk: a directory that any web server, mirror or mount can serve as it is,
 * with metadata of The Update Framework.
 *
 * <pre>
 * metadata/1.root.json, ...           the roots, each of which stays
 * metadata/7.targets.json, ...        the lists of files
 * metadata/7.snapshot.json, ...       which list is in force
 * metadata/timestamp.json             which snapshot is the newest; the only file that ever changes
 * targets/policy                      each file below targets/ has its digest before its name
 * targets/kernels/ARCHITECTURE/RELEASE/BUILD-ID/index
 * targets/patches/SHA256/NAME.ko, NAME.ko.manifest, NAME.ko.reviews
 * </pre>
 *
 * <p>A change becomes visible at once and whole, with the new {@code timestamp.json}, which is put in its place last. A
 * process that dies before leaves files that no client asks for, and the next change goes on from what was in force.
 * Several processes may try to change an archive: one at a time does, the others wait for up to a minute. An object may be
 * used by several threads.
 *
 * <p>Old lists and snapshots are kept for clients that are in the middle of reading, and deleted with the tenth change
 * after them; published files are never deleted.
 *
 * @see <a href="https://theupdateframework.github.io/specification/latest/">The Update Framework, specification</a>
 * @since 0.1
 */
public final class PatchArchive {
    static final String POLICY = "policy";
    private static final int KEPT = 10;

    private final ArchiveTree tree;
    private final List<Signer> signers;
    private final Validity validity;

    private PatchArchive(ArchiveTree tree, List<Signer> signers, Validity validity) {
        this.tree = tree;
        this.signers = List.copyOf(signers);
        this.validity = Objects.requireNonNull(validity, "validity");
    }

    /**
     * Opens an archive to change it.
     *
     * @param directory its directory, which is there, or which {@link #create} creates
     * @param signers the keys at hand: a change needs those of its roles, reading needs none
     * @param validity for how long what is signed may be trusted
     * @return the archive; nothing is read yet
     */
    public static PatchArchive open(Path directory, List<Signer> signers, Validity validity) {
        return open(directory, signers, validity, Disk.REAL);
    }

    static PatchArchive open(Path directory, List<Signer> signers, Validity validity, Disk disk) {
        return new PatchArchive(new ArchiveTree(directory, disk), signers, validity);
    }

    /**
     * Begins an archive, or goes on with one that was begun with the same root.
     *
     * @param root its first root, signed
     * @param context whom to tell, and what time it is
     * @return the empty archive
     * @throws ArchiveException if the root is not signed, or not the one that is there; if keys of targets, snapshot or
     *     timestamp are missing; if the disk fails
     */
    public ArchiveState create(RootMetadata root, Context context) {
        if (!root.isSigned()) {
            throw new ArchiveException(Fault.SIGNATURE, Role.ROOT.text(), "The root is not signed by its own keys.");
        }
        if (root.version() != 1) {
            throw new IllegalArgumentException("The first root has the version 1, not " + root.version() + ".");
        }
        return ArchiveLock.holding(tree.directory(), tree.disk(), context, () -> {
            RootMetadata there = tree.root(1).orElse(root);
            if (!there.equals(root)) {
                String message = tree.directory() + " is an archive with another first root.";
                throw new ArchiveException(Fault.NOT_PERMITTED, tree.directory().toString(), message);
            }
            if (tree.read(tree.timestamp()).isPresent()) {
                return state();
            }
            Draft draft = new Draft(List.of(root), signers);
            draft.requireKeys();
            tree.write(tree.metadata(Role.ROOT, 1), root.toBytes());
            return write(draft, Optional.empty(), new TreeMap<>(), context);
        });
    }

    /**
     * Publishes livepatches. All of them become visible at once, or none. One that its kernel's index lists already is
     * there already, and its reviews are replaced by the newer ones.
     *
     * @param submissions what to publish, at least one
     * @param context whom to tell, and what time it is
     * @return what is published, or why nothing is
     * @throws ArchiveException if a key is missing or fails; if the archive is damaged, or the disk fails
     */
    public Publication publish(List<Submission> submissions, Context context) {
        if (submissions.isEmpty()) {
            throw new IllegalArgumentException("Nothing was submitted.");
        }
        List<Checked> checked = submissions.stream().map(Checked::of).toList();
        List<Refusal> refusals =
                checked.stream().flatMap(one -> one.refusal().stream()).toList();
        if (!refusals.isEmpty()) {
            return new Publication.Refused(refusals);
        }
        return locked(context, () -> publishChecked(checked, context));
    }

    private Publication publishChecked(List<Checked> checked, Context context) {
        List<KernelIndex.Patch> patches = new ArrayList<>();
        ArchiveState state = changed(context, (before, files) -> {
            Map<KernelIdentity, KernelIndex> indexes = new LinkedHashMap<>();
            for (Checked one : checked) {
                context.cancellation().throwIfCancelled();
                KernelIdentity kernel = one.submission().kernel();
                Manifest manifest = one.submission().module().manifest();
                KernelIndex listed =
                        indexes.getOrDefault(kernel, index(before, kernel).orElse(KernelIndex.of(kernel)));
                KernelIndex index = listed.with(
                        manifest.name(), manifest.sha256(), context.clock().instant());
                indexes.put(kernel, index);
                KernelIndex.Patch patch = index.find(manifest.sha256()).orElseThrow();
                patches.add(patch);
                String reviews = one.submission().reviews().toText();
                files.put(patch.module(), tree.publish(patch.module(), one.content()));
                files.put(patch.manifest(), tree.publish(patch.manifest(), manifest.toText()));
                files.put(patch.reviews(), tree.publish(patch.reviews(), reviews));
            }
            indexes.forEach((kernel, index) -> {
                String path = KernelIndex.path(kernel);
                files.put(path, tree.publish(path, index.toText()));
            });
        });
        return new Publication.Published(state, patches);
    }

    /**
     * Publishes a policy: what is promoted and what is withdrawn changes for nodes by this alone. Nobody else changes the
     * archive between what the change is given and what comes of it, so that of two programs neither loses what the other
     * one has withdrawn.
     *
     * @param change makes the next policy, in its text form and at most 16 MiB as UTF-8, of the one in force, or of nothing
     *     if none has been published. It may read this archive, and must not change it. What it throws reaches the caller,
     *     and nothing is changed
     * @param context when to stop, whom to tell, and what time it is
     * @return the archive as it is now; the same as before if this policy was in force
     * @throws ArchiveException as {@link #publish} throws it
     * @throws IllegalArgumentException if the next policy is too long
     */
    public ArchiveState changePolicy(Function<Optional<String>, String> change, Context context) {
        return locked(
                context,
                () -> changed(context, (before, files) -> {
                    byte[] content = change.apply(policy(before)).getBytes(StandardCharsets.UTF_8);
                    if (content.length > ArchiveTree.LARGEST_TEXT) {
                        throw new IllegalArgumentException(
                                "A policy has at most " + ArchiveTree.LARGEST_TEXT + " bytes.");
                    }
                    files.put(POLICY, tree.publish(POLICY, content));
                }));
    }

    /**
     * Signs a new timestamp, so that clients go on trusting what is there. It needs the timestamp's keys alone.
     *
     * @param context whom to tell, and what time it is
     * @return the archive as it is now
     * @throws ArchiveException as {@link #publish} throws it
     */
    public ArchiveState refresh(Context context) {
        return locked(context, () -> {
            MetadataSet before = tree.inForce(tree.newestRoot());
            Draft draft = new Draft(List.of(before.root()), signers);
            tree.write(
                    tree.timestamp(),
                    draft.timestamp(
                            before.timestamp().version() + 1,
                            context.clock().instant().plus(validity.timestamp()),
                            before.timestamp().link(Role.SNAPSHOT)));
            return state();
        });
    }

    /**
     * Signs everything but the root anew, so that clients go on trusting what is there.
     *
     * @param context whom to tell, and what time it is
     * @return the archive as it is now
     * @throws ArchiveException as {@link #publish} throws it
     */
    public ArchiveState renew(Context context) {
        return locked(context, () -> {
            MetadataSet before = tree.inForce(tree.newestRoot());
            Draft draft = new Draft(List.of(before.root()), signers);
            draft.requireKeys();
            return write(draft, Optional.of(before), before.files(), context);
        });
    }

    /**
     * Puts the next root in force, and signs everything else anew. Where the signers at hand are those of the old and of
     * the new keys, clients accept the archive at every moment of it. Where an old key is lost, they refuse it, and keep
     * what they have, from the moment at which the new root is there until the new timestamp is.
     *
     * @param next the root after the one in force, signed by the keys of both
     * @param context whom to tell, and what time it is
     * @return the archive as it is now; the same as before if this root is in force already
     * @throws ArchiveException as {@link #publish} throws it, and if clients would not go on to this root
     */
    public ArchiveState rotate(RootMetadata next, Context context) {
        return locked(context, () -> {
            RootMetadata newest = tree.newestRoot();
            Draft draft = new Draft(List.of(next), signers);
            if (newest.equals(next)) {
                return finishRotation(newest, draft, context);
            }
            if (!next.succeeds(newest)) {
                String message = "The new root is not the version after " + newest.version()
                        + ", or not signed by enough root keys of both.";
                throw new ArchiveException(Fault.SIGNATURE, Role.ROOT.text(), message);
            }
            draft.requireKeys();
            MetadataSet before = tree.inForce(newest);
            Draft overlapping = new Draft(List.of(newest, next), signers);
            if (overlapping.hasKeys()) {
                write(overlapping, Optional.of(before), before.files(), context);
                tree.write(tree.metadata(Role.ROOT, next.version()), next.toBytes());
                return state();
            }
            tree.write(tree.metadata(Role.ROOT, next.version()), next.toBytes());
            return write(draft, Optional.of(before), before.files(), context);
        });
    }

    /** Goes on with a rotation that ended when the root was there and the new timestamp was not. */
    private ArchiveState finishRotation(RootMetadata newest, Draft draft, Context context) {
        try {
            return ArchiveState.of(tree.inForce(newest));
        } catch (ArchiveException e) {
            if (newest.version() == 1 || !(e.fault() == Fault.SIGNATURE || e.fault() == Fault.THRESHOLD)) {
                throw e;
            }
        }
        draft.requireKeys();
        MetadataSet before = tree.inForce(tree.root(newest.version() - 1).orElseThrow());
        return write(draft, Optional.of(before), before.files(), context);
    }

    /** Changes the list of files, if it comes out as another one. */
    private ArchiveState changed(Context context, BiConsumer<MetadataSet, SortedMap<String, SignedFile>> edit) {
        MetadataSet before = tree.inForce(tree.newestRoot());
        Draft draft = new Draft(List.of(before.root()), signers);
        draft.requireKeys();
        SortedMap<String, SignedFile> files = new TreeMap<>(before.files());
        edit.accept(before, files);
        context.cancellation().throwIfCancelled();
        return files.equals(before.files())
                ? ArchiveState.of(before)
                : write(draft, Optional.of(before), files, context);
    }

    /** Makes a list of files the one in force. The last step is the one that makes it visible. */
    private ArchiveState write(
            Draft draft, Optional<MetadataSet> before, SortedMap<String, SignedFile> files, Context context) {
        Instant now = context.clock().instant();
        int targetsVersion = before.map(set -> set.targets().version()).orElse(0) + 1;
        int snapshotVersion = before.map(set -> set.snapshot().version()).orElse(0) + 1;
        int timestampVersion = before.map(set -> set.timestamp().version()).orElse(0) + 1;
        byte[] targets = draft.targets(targetsVersion, now.plus(validity.targets()), files);
        byte[] snapshot = draft.snapshot(
                snapshotVersion, now.plus(validity.snapshot()), new Link(targetsVersion, SignedFile.of(targets)));
        byte[] timestamp = draft.timestamp(
                timestampVersion, now.plus(validity.timestamp()), new Link(snapshotVersion, SignedFile.of(snapshot)));
        tree.write(tree.metadata(Role.TARGETS, targetsVersion), targets);
        tree.write(tree.metadata(Role.SNAPSHOT, snapshotVersion), snapshot);
        tree.write(tree.timestamp(), timestamp);
        forgetBefore(Role.TARGETS, targetsVersion);
        forgetBefore(Role.SNAPSHOT, snapshotVersion);
        return state();
    }

    private void forgetBefore(Role role, int version) {
        if (version > KEPT) {
            tree.forget(tree.metadata(role, version - KEPT));
        }
    }

    private <T> T locked(Context context, Supplier<T> change) {
        context.cancellation().throwIfCancelled();
        if (!Files.isDirectory(tree.directory())) {
            throw new ArchiveException(
                    Fault.MISSING, tree.directory().toString(), tree.directory() + " is no directory.");
        }
        return ArchiveLock.holding(tree.directory(), context, change);
    }

    /**
     * Tells what the archive holds.
     *
     * @return its state
     * @throws ArchiveException if it cannot be read
     */
    public ArchiveState state() {
        return ArchiveState.of(tree.inForce(tree.newestRoot()));
    }

    /**
     * Returns the root in force, to make the next one of it.
     *
     * @return the newest root
     * @throws ArchiveException if it cannot be read
     */
    public RootMetadata root() {
        return tree.newestRoot();
    }

    /**
     * Returns the policy in force.
     *
     * @return its text, or empty if none has been published
     * @throws ArchiveException if it cannot be read
     */
    public Optional<String> policy() {
        return policy(tree.inForce(tree.newestRoot()));
    }

    private Optional<String> policy(MetadataSet set) {
        return set.files().containsKey(POLICY)
                ? Optional.of(new String(tree.target(set, POLICY), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /**
     * Returns what is published for a kernel.
     *
     * @param kernel the kernel
     * @return its index, or empty if nothing has been published for it
     * @throws ArchiveException if it cannot be read
     */
    public Optional<KernelIndex> index(KernelIdentity kernel) {
        return index(tree.inForce(tree.newestRoot()), kernel);
    }

    private Optional<KernelIndex> index(MetadataSet set, KernelIdentity kernel) {
        String path = KernelIndex.path(kernel);
        if (!set.files().containsKey(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(KernelIndex.parse(new String(tree.target(set, path), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new ArchiveException(Fault.MALFORMED, path, path + " is malformed: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the directory.
     *
     * @return the directory as it was given
     */
    public Path directory() {
        return tree.directory();
    }
}
