package org.tuxtape.core.triage;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
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
    private static final double DENIED = 20;

    private Exposure() {}

    static Priority priority(Verdict verdict) {
        SortedMap<KernelObject, ModuleState> modules =
                verdict.runTime().map(Evidence.RunTime::modules).orElseGet(Collections::emptySortedMap);
        return verdict.files().map(files -> priority(files, modules)).orElseGet(Exposure::unknown);
    }

    private static Priority priority(Evidence.Files files, SortedMap<KernelObject, ModuleState> modules) {
        return switch (files.outcome()) {
            case COMPILED -> modules.isEmpty() ? built(files.objects()) : running(modules);
            case HEADER_ONLY -> Priority.of(HEADER_ONLY, FACTOR, "Only a header of it is in use.");
            case UNKNOWN, NOT_BUILT -> unknown();
        };
    }

    private static Priority built(SortedSet<KernelObject> objects) {
        return objects.contains(KernelObject.VMLINUX)
                ? Priority.of(BUILT_IN, FACTOR, "Built into the kernel image.")
                : Priority.of(MODULE, FACTOR, "Built into " + objects.first() + ", not into the kernel image.");
    }

    /** Judges by the object that is the most present on the machine. */
    private static Priority running(SortedMap<KernelObject, ModuleState> modules) {
        Map.Entry<KernelObject, ModuleState> most =
                modules.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        double score = switch (most.getValue()) {
            case LOADED -> BUILT_IN;
            case LOADABLE -> MODULE;
            case DENIED -> DENIED;
        };
        return Priority.of(score, FACTOR, most.getKey() + " is " + most.getValue() + " on this machine.");
    }

    private static Priority unknown() {
        return Priority.unknown(FACTOR, "The build profile does not tell how present the code is.");
    }
}
