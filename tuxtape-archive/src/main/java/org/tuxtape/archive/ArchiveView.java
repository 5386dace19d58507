package org.tuxtape.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.archive.internal.fetch.Source;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Reviews;

/**
 * What an archive held at one moment, verified. May be used by several threads.
 *
 * @since 0.1
 */
public final class ArchiveView {
    private final MetadataSet set;
    private final boolean isNew;
    private final Standing standing;
    private final Source source;
    private final ClientState state;
    private final ClientLimits limits;

    ArchiveView(
            MetadataSet set, boolean isNew, Standing standing, Source source, ClientState state, ClientLimits limits) {
        this.set = set;
        this.isNew = isNew;
        this.standing = standing;
        this.source = source;
        this.state = state;
        this.limits = limits;
    }

    /**
     * Tells whether the archive had changed since the view before this one.
     *
     * @return false if the timestamp was the one that was accepted before
     */
    public boolean isNew() {
        return isNew;
    }

    /**
     * Tells why it may be trusted.
     *
     * @return that nothing has expired, or that the caller allows it
     */
    public Standing standing() {
        return standing;
    }

    /**
     * Tells what is in force.
     *
     * @return the versions and expiries of the roles, and the kernels for which there are patches
     */
    public ArchiveState state() {
        return ArchiveState.of(set);
    }

    /**
     * Returns the policy.
     *
     * @param context when to stop, whom to tell, and what time it is
     * @return its text, from the client's directory if it is there; empty if the archive has none
     * @throws ArchiveException if it cannot be fetched or is refused
     */
    public Optional<String> policy(Context context) {
        return text(PatchArchive.POLICY, context);
    }

    /**
     * Returns what is published for one kernel.
     *
     * @param kernel the kernel: release, architecture and build id
     * @param context when to stop, whom to tell, and what time it is
     * @return its index, from the client's directory if it is there; empty if the archive has none for exactly this kernel
     * @throws ArchiveException if it cannot be fetched or is refused, or is that of another kernel
     */
    public Optional<KernelIndex> index(KernelIdentity kernel, Context context) {
        String path = KernelIndex.path(kernel);
        return text(path, context).map(text -> {
            try {
                KernelIndex index = KernelIndex.parse(text);
                if (!index.kernel().equals(kernel)) {
                    throw new IllegalArgumentException("it is that of " + index.kernel());
                }
                return index;
            } catch (IllegalArgumentException e) {
                throw malformed(path, e);
            }
        });
    }

    /**
     * Fetches a patch: the module, its manifest and its reviews. The module gets its name last, when its digest and length
     * are those that were signed, the manifest tells the truth about it, its release and architecture are the kernel's, and
     * its reviews approve it. What is there already is verified and not fetched again.
     *
     * @param kernel the kernel that it shall be loaded into
     * @param patch a patch that the kernel's index lists
     * @param into a directory, which is created if it is not there
     * @param context when to stop, whom to tell, and what time it is
     * @return the module in that directory
     * @throws ArchiveException if the index does not list it, or it cannot be fetched or is refused
     * @throws org.tuxtape.core.CancelledException if the caller wanted to stop
     */
    public LivepatchModule fetch(KernelIdentity kernel, KernelIndex.Patch patch, Path into, Context context) {
        boolean isListed = index(kernel, context)
                .map(index -> index.patches().contains(patch))
                .orElse(false);
        if (!isListed) {
            throw notListed(patch.name() + " is not listed for " + kernel + ".");
        }
        Manifest manifest = parse(patch.manifest(), text(patch.manifest(), context), Manifest::parse);
        Reviews reviews = parse(patch.reviews(), text(patch.reviews(), context), Reviews::parse);
        if (!reviews.approve(manifest)) {
            throw new ArchiveException(
                    Fault.NOT_APPROVED, patch.module(), "Nobody has approved " + patch.name() + " as it is.");
        }
        requireTruth(patch, file(patch.module()), manifest);
        return ArchiveLock.holding(
                into, state.disk(), context, () -> fetchAlone(kernel, patch, manifest, reviews, into, context));
    }

    private LivepatchModule fetchAlone(
            KernelIdentity kernel,
            KernelIndex.Patch patch,
            Manifest manifest,
            Reviews reviews,
            Path into,
            Context context) {
        LivepatchModule module = new LivepatchModule(into.resolve(patch.name() + ".ko"), manifest);
        SignedFile signed = file(patch.module());
        ArchiveTree tree = new ArchiveTree(into, state.disk());
        Optional<byte[]> there = tree.read(module.file()).filter(signed::describes);
        byte[] content =
                there.orElseGet(() -> Download.of(source, patch.module(), signed, limits.moduleBytes(), context));
        requireTruth(kernel, patch, content, manifest);
        tree.write(Manifest.beside(module.file()), manifest.toText().getBytes(StandardCharsets.UTF_8));
        tree.write(Reviews.beside(module.file()), reviews.toText().getBytes(StandardCharsets.UTF_8));
        if (there.isEmpty()) {
            tree.write(module.file(), content);
        }
        return module;
    }

    private static void requireTruth(KernelIndex.Patch patch, SignedFile file, Manifest manifest) {
        if (!manifest.name().equals(patch.name())
                || !manifest.sha256().equals(patch.sha256())
                || !file.sha256().equals(patch.sha256())) {
            throw new ArchiveException(
                    Fault.MANIFEST_LIES, patch.manifest(), patch.manifest() + " is that of another module.");
        }
    }

    private static void requireTruth(
            KernelIdentity kernel, KernelIndex.Patch patch, byte[] content, Manifest manifest) {
        Checked.lie(content, manifest).ifPresent(reason -> {
            throw new ArchiveException(Fault.MANIFEST_LIES, patch.module(), reason);
        });
        Checked.misfit(content, manifest, kernel).ifPresent(reason -> {
            throw new ArchiveException(Fault.OTHER_KERNEL, patch.module(), reason);
        });
    }

    private static <T> T parse(String path, Optional<String> text, Function<String, T> reader) {
        try {
            return reader.apply(text.orElseThrow(() -> notListed("The archive does not list " + path + ".")));
        } catch (IllegalArgumentException e) {
            throw malformed(path, e);
        }
    }

    private static ArchiveException malformed(String path, IllegalArgumentException cause) {
        return new ArchiveException(Fault.MALFORMED, path, path + " is malformed: " + cause.getMessage(), cause);
    }

    private static ArchiveException notListed(String message) {
        return new ArchiveException(Fault.NOT_LISTED, "targets", message);
    }

    private SignedFile file(String path) {
        SignedFile file = set.files().get(path);
        if (file == null) {
            throw notListed("The archive does not list " + path + ".");
        }
        return file;
    }

    /** A small published file, from the client's directory or from the archive; empty if none is published. */
    private Optional<String> text(String path, Context context) {
        SignedFile file = set.files().get(path);
        if (file == null) {
            return Optional.empty();
        }
        Optional<byte[]> kept = state.target(file);
        byte[] content = kept.orElseGet(() -> Download.of(source, path, file, ArchiveTree.LARGEST_TEXT, context));
        if (kept.isEmpty()) {
            state.keepTarget(file, content, context);
        }
        return Optional.of(new String(content, StandardCharsets.UTF_8));
    }
}
