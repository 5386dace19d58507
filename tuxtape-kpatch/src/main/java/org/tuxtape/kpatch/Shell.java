package org.tuxtape.kpatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.kpatch.internal.run.ToolExit;
import org.tuxtape.kpatch.internal.run.ToolRun;

/** Asks the place where the tool will run short questions, through the same wrapper. */
record Shell(List<String> wrapper, Path directory, Context context) {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_LINES = 10_000;

    /** What a program said, if it could be run and ended with 0. */
    Optional<List<String>> ask(List<String> command) {
        List<String> lines = new ArrayList<>();
        return run(command, lines).equals(new ToolExit.Exited(0)) ? Optional.of(List.copyOf(lines)) : Optional.empty();
    }

    private ToolExit run(List<String> command, List<String> lines) {
        ToolExit exit = ToolRun.of(command)
                .behind(wrapper)
                .in(directory)
                .run(
                        line -> {
                            if (lines.size() < MOST_LINES) {
                                lines.add(line);
                            }
                        },
                        LONGEST,
                        context);
        if (exit instanceof ToolExit.Cancelled) {
            context.cancellation().throwIfCancelled();
        }
        return exit;
    }

    /** Says that the wrapper leads nowhere: behind it not even the shell runs that all else is asked with. */
    Optional<BuildDiagnosis> nowhere() {
        List<String> lines = new ArrayList<>();
        ToolExit exit = wrapper.isEmpty() ? new ToolExit.Exited(0) : run(List.of("sh", "-c", "exit 0"), lines);
        if (exit.equals(new ToolExit.Exited(0))) {
            return Optional.empty();
        }
        lines.add(exit instanceof ToolExit.NotStarted missing ? missing.reason() : exit.toString());
        return Optional.of(BuildDiagnosis.of(
                BuildFailure.MISSING_TOOL,
                String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size())),
                "See why the wrapper runs no shell: " + String.join(" ", wrapper) + "."));
    }

    Optional<List<String>> ask(String... command) {
        return ask(List.of(command));
    }

    /** Those of some programs that are not found. */
    List<String> missing(List<String> programs) {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", "for p; do command -v \"$p\" >/dev/null 2>&1 || echo \"$p\"; done", "sh"));
        command.addAll(programs);
        return ask(command).orElse(programs);
    }
}
