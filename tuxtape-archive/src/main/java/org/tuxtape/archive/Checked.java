package org.tuxtape.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.archive.Publication.Cause;
import org.tuxtape.archive.Publication.Refusal;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;

/** A submission that was looked at. */
final class Checked {
    private final Submission submission;
    private final byte[] content;
    private final Optional<Refusal> refusal;

    private Checked(Submission submission, byte[] content, Optional<Refusal> refusal) {
        this.submission = submission;
        this.content = content;
        this.refusal = refusal;
    }

    Submission submission() {
        return submission;
    }

    /** The module, which nobody may change. */
    byte[] content() {
        return content;
    }

    /** Why it may not be published, if it may not. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    static Checked of(Submission submission) {
        LivepatchModule module = submission.module();
        byte[] content;
        try {
            content = read(module.file());
        } catch (IOException e) {
            Refusal unreadable = new Refusal(module, Cause.UNREADABLE, module.file() + " cannot be read: " + e + ".");
            return new Checked(submission, new byte[0], Optional.of(unreadable));
        }
        Optional<Refusal> lie = lie(content, module.manifest())
                .map(reason -> new Refusal(module, Cause.MANIFEST_LIES, reason))
                .or(() -> misfit(content, module.manifest(), submission.kernel())
                        .map(reason -> new Refusal(module, Cause.OTHER_KERNEL, reason)));
        return new Checked(submission, content, lie.or(() -> unapproved(submission)));
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is missing, or no regular file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(ArchiveTree.LARGEST + 1);
            if (content.length > ArchiveTree.LARGEST) {
                throw new IOException("it is larger than " + (ArchiveTree.LARGEST >> 20) + " MiB");
            }
            return content;
        }
    }

    /** What a manifest gets wrong about a module. */
    static Optional<String> lie(byte[] content, Manifest manifest) {
        String found = Digests.of(content);
        if (!found.equals(manifest.sha256())) {
            return Optional.of("The module has the SHA-256 " + found + ", not that of its manifest.");
        }
        try {
            return ModuleFile.parse(ByteBuffer.wrap(content)).contradiction(manifest);
        } catch (IllegalArgumentException e) {
            return Optional.of("The module cannot be read: " + e.getMessage());
        }
    }

    /** Why a module whose manifest tells the truth cannot be for a kernel. */
    static Optional<String> misfit(byte[] content, Manifest manifest, KernelIdentity kernel) {
        if (!manifest.release().equals(kernel.release())) {
            return Optional.of("The module is for " + manifest.release() + ", not for " + kernel.release() + ".");
        }
        Optional<String> other = manifest.kernelBuildId().filter(id -> !id.equals(kernel.buildId()));
        if (other.isPresent()) {
            return Optional.of("The module is for another build of " + kernel.release() + ": for " + other.get()
                    + ", not for " + kernel.buildId() + ".");
        }
        String machine = ModuleFile.parse(ByteBuffer.wrap(content)).machine();
        return machine.equals(kernel.architecture())
                ? Optional.empty()
                : Optional.of("The module is for " + machine + ", not for " + kernel.architecture() + ".");
    }

    private static Optional<Refusal> unapproved(Submission submission) {
        LivepatchModule module = submission.module();
        return submission.reviews().approve(module.manifest())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        module,
                        Cause.NOT_APPROVED,
                        submission
                                .reviews()
                                .of(module.manifest())
                                .map(review -> review.reviewer() + " denied it: " + review.reason())
                                .orElse("Nobody has approved "
                                        + module.manifest().name() + ".")));
    }
}
