package org.tuxtape.examples.livepatch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.transition.AuditLog;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a transition may take, and what happens then. */
final class PolicyOptions {
    /** A permit given on the command line is for this one deadline, and for the moment that it takes to act on it. */
    private static final Duration MOMENT = Duration.ofMinutes(1);

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "how long tasks may take to switch, such as 90s or 15m; default 60s")
    private Duration deadline = Duration.ofSeconds(60);

    @Option(
            names = "--at-deadline",
            paramLabel = "WHAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. After force a patch can often not be "
                    + "removed again, and it needs --who and --why")
    private AtDeadline atDeadline;

    @Option(names = "--who", paramLabel = "NAME", converter = NotBlank.class, description = "who answers for force")
    private Optional<String> who = Optional.empty();

    @Option(names = "--why", paramLabel = "TEXT", converter = NotBlank.class, description = "the reason for it")
    private Optional<String> why = Optional.empty();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "where it is written down that a transition was forced; default ${DEFAULT-VALUE}")
    private Path audit = Path.of("/var/log/tuxtape-audit");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    enum AtDeadline {
        REVERSE,
        LEAVE,
        FORCE
    }

    PolicyOptions(AtDeadline unlessNamed) {
        atDeadline = unlessNamed;
    }

    TransitionPolicy policy(Clock clock) {
        return switch (atDeadline) {
            case REVERSE -> new TransitionPolicy.Reverse(deadline);
            case LEAVE -> new TransitionPolicy.LeaveRunning(deadline);
            case FORCE -> new TransitionPolicy.Force(deadline, permit(clock));
        };
    }

    AuditLog audit() {
        return AuditLog.toFile(audit);
    }

    private ForcePermit permit(Clock clock) {
        if (who.isEmpty() || why.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "To force, --who NAME and --why TEXT are needed.");
        }
        return new ForcePermit(
                who.get(), why.get(), clock.instant().plus(deadline).plus(MOMENT));
    }
}
