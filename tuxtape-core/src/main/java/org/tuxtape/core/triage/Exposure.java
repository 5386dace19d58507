package org.tuxtape.core.triage;

import java.util.Optional;
import java.util.SortedSet;
import org.tuxtape.core.kernel.KernelObject;

/**
 * How present the code of a fix is in a kernel. Presence alone never reaches the highest scores: who knows only that
 * code is built in knows less than who knows that it is reachable from the network.
 */
final class Exposure {
    private static final String FACTOR = "exposure";
    private static final double BUILT_IN = 70;
    private static final double MODULE = 50;
    private static final double HEADER_ONLY = 30;

    private Exposure() {}

    static Priority priority(Optional<Evidence.Files> evidence) {
        return evidence.map(Exposure::priority).orElseGet(Exposure::unknown);
    }

    private static Priority priority(Evidence.Files files) {
        return switch (files.outcome()) {
            case COMPILED -> {
                SortedSet<KernelObject> objects = files.objects();
                yield objects.contains(KernelObject.VMLINUX)
                        ? Priority.of(BUILT_IN, FACTOR, "Built into the kernel image.")
                        : Priority.of(MODULE, FACTOR, "Built into " + objects.first() + ", not into the kernel image.");
            }
            case HEADER_ONLY -> Priority.of(HEADER_ONLY, FACTOR, "Only a header of it is in use.");
            case UNKNOWN, NOT_BUILT -> unknown();
        };
    }

    private static Priority unknown() {
        return Priority.unknown(FACTOR, "The build profile does not tell how present the code is.");
    }
}
