package org.tuxtape.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.sample.ElfModule;

/** Livepatches that were built, reviewed, and wait to be published. */
final class Samples {
    static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    static final KernelIdentity KERNEL = new KernelIdentity(RELEASE, "x86_64", "ab".repeat(20));
    /** The same release, linked another time. */
    static final KernelIdentity REBUILT = new KernelIdentity(RELEASE, "x86_64", "cd".repeat(20));

    private Samples() {}

    /** An approved module for {@link #KERNEL}, written below a directory of its own. */
    static Submission submission(Path directory, String name, String function) {
        return submission(module(directory, name, function), Decision.APPROVED);
    }

    static Submission submission(LivepatchModule module, Decision decision) {
        Reviews reviews = Reviews.none()
                .with(new Review(
                        decision,
                        "Ada",
                        "read and tried",
                        ManualClock.START,
                        module.manifest().sha256()));
        return new Submission(module, reviews, KERNEL);
    }

    static LivepatchModule module(Path directory, String name, String function) {
        byte[] content =
                ElfModule.livepatch(name).kpatch("vmlinux", function, 1).bytes();
        Path file = directory.resolve(function).resolve(name + ".ko");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LivepatchModule(file, manifest(content, name, function));
    }

    static Manifest manifest(byte[] content, String name, String function) {
        TreeSet<PatchedFunction> functions = new TreeSet<>();
        functions.add(new PatchedFunction(KernelObject.VMLINUX, function, 1));
        return new Manifest(
                new LivepatchName(name),
                Digests.of(content),
                RELEASE,
                "6.12.107 SMP mod_unload",
                "kpatch-build 0.9.10",
                Optional.empty(),
                Replacement.REPLACE_ALL,
                new TreeMap<>(),
                functions);
    }
}
