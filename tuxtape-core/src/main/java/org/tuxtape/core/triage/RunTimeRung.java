package org.tuxtape.core.triage;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.kernel.KernelObject;

/** Rung 5: is the code in the memory of this machine, or can it get there? */
final class RunTimeRung {
    private RunTimeRung() {}

    static Evidence.RunTime climb(Evidence.Files files, RunningModules modules) {
        SortedMap<KernelObject, ModuleState> states = new TreeMap<>();
        files.objects().forEach(object -> modules.state(object).ifPresent(state -> states.put(object, state)));
        String reason = states.isEmpty()
                ? "It is not known which modules have the code."
                : states.entrySet().stream()
                        .map(state -> state.getKey() + " is " + state.getValue() + ".")
                        .collect(Collectors.joining(" "));
        return new Evidence.RunTime(states, reason);
    }
}
