package org.tuxtape.kpatch.internal.diagnosis;

import java.util.Map;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;

/** What it means that a tool was ended by a signal and says nothing else. */
final class Signal {
    // signal(7), for all architectures that have livepatches.
    private static final Map<Integer, String> CRASHES =
            Map.of(4, "ILL", 6, "ABRT", 7, "BUS", 8, "FPE", 11, "SEGV", 31, "SYS");

    private Signal() {}

    static BuildDiagnosis diagnosis(String tool, int signal, Excerpt end) {
        String crash = CRASHES.get(signal);
        String excerpt = (end + "\n" + tool + " was ended by signal " + signal + ".").strip();
        return crash == null
                ? BuildDiagnosis.of(
                        BuildFailure.KILLED,
                        excerpt,
                        "Try again with fewer jobs or more memory, and see in the kernel's log who killed it.")
                : BuildDiagnosis.of(
                        BuildFailure.TOOL_BROKE,
                        excerpt,
                        "Use another version of the tool: it crashed with SIG" + crash + ".");
    }
}
