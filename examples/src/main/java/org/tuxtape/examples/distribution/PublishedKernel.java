package org.tuxtape.examples.distribution;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.examples.Unusable;

/** A kernel for which an archive has patches. */
record PublishedKernel(KernelIndex index) {
    private static final int LEAST_DIGITS = 6;

    static List<PublishedKernel> all(PatchArchive archive) {
        return archive.state().kernels().stream()
                .flatMap(kernel -> archive.index(kernel).stream())
                .map(PublishedKernel::new)
                .toList();
    }

    /** Finds the one patch that a person means by a name or by the first digits of a digest. */
    static PatchRef find(PatchArchive archive, String wanted) {
        Set<PatchRef> found = new LinkedHashSet<>();
        all(archive)
                .forEach(kernel -> kernel.index().patches().stream()
                        .filter(patch -> isMeant(patch, wanted))
                        .forEach(patch -> found.add(PatchRef.of(patch))));
        if (found.size() > 1) {
            throw new Unusable(archive.directory() + " has several of '" + wanted + "'; name one by its digest: "
                    + String.join(", ", found.stream().map(PatchRef::sha256).toList()));
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new Unusable(archive.directory() + " has no patch '" + wanted + "'."));
    }

    private static boolean isMeant(KernelIndex.Patch patch, String wanted) {
        return patch.name().text().equals(wanted.replace('-', '_'))
                || (wanted.length() >= LEAST_DIGITS && patch.sha256().startsWith(wanted));
    }
}
