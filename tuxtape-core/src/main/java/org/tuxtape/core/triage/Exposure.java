package org.tuxtape.core.triage;

import java.util.Optional;
import java.util.SortedSet;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.profile.FilePresence;

/** How present the code of a fix is in a kernel. */
final class Exposure {
    private static final String FACTOR = "exposure";
    private static final double BUILT_IN = 100;
    private static final double MODULE = 60;
    private static final double HEADER_ONLY = 40;

    private Exposure() {}

    static Priority priority(Optional<Evidence.Files> evidence) {
        Optional<Evidence.Files> built = evidence.filter(files -> files.outcome() == Evidence.Files.Outcome.BUILT);
        if (built.isEmpty()) {
            return Priority.unknown(FACTOR, "The build profile does not tell how present the code is.");
        }
        Evidence.Files files = built.get();
        if (files.files().values().stream().noneMatch(FilePresence.Compiled.class::isInstance)) {
            return Priority.of(HEADER_ONLY, FACTOR, "Only included by compiled units.");
        }
        SortedSet<KernelObject> objects = files.objects();
        return objects.contains(KernelObject.VMLINUX)
                ? Priority.of(BUILT_IN, FACTOR, "Built into the kernel image.")
                : Priority.of(MODULE, FACTOR, "Built as a module: " + objects.first() + ".");
    }
}
