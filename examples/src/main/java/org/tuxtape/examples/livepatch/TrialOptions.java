package org.tuxtape.examples.livepatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.Trial;
import org.tuxtape.livepatch.sysfs.trial.TrialPolicy;
import picocli.CommandLine.Option;

/** How a livepatch is tried. */
final class TrialOptions {
    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "how long tasks may take to switch before that is reversed; default 60s")
    private Duration deadline = Duration.ofSeconds(60);

    @Option(names = "--for", paramLabel = "TIME", description = "how long it is watched then; default 5m")
    private Duration duration = Duration.ofMinutes(5);

    @Option(names = "--every", paramLabel = "TIME", description = "the time between two looks; default 5s")
    private Duration interval = Duration.ofSeconds(5);

    @Option(
            names = "--probe",
            paramLabel = "COMMAND",
            description = "run by sh at every look, for at most the time between two; a status other than 0 turns the "
                    + "livepatch down. May be repeated")
    private List<String> probes = List.of();

    @Option(
            names = "--own-trouble-only",
            description = "only trouble whose trace passes through the livepatch counts, not any trouble of the kernel")
    private boolean ownTroubleOnly;

    @Option(names = "--accept", description = "accept it at once if it passes: it is loaded at every boot from then on")
    private boolean accept;

    Trial trial(Machine machine, SysfsController controller, PatchStore store) {
        Trial trial = Trial.of(controller, store, () -> KernelLog.open(machine.files()))
                .with(policy());
        for (Map.Entry<String, HealthProbe> probe : probes().entrySet()) {
            trial = trial.probing(probe.getKey(), probe.getValue());
        }
        return trial;
    }

    Map<String, HealthProbe> probes() {
        Map<String, HealthProbe> made = new LinkedHashMap<>();
        probes.forEach(probe -> made.put(probe, HealthProbe.command(List.of("sh", "-c", probe), interval)));
        return made;
    }

    private TrialPolicy policy() {
        return policy(accept);
    }

    /** The policy where the fleet's decides what is accepted. */
    TrialPolicy accepting() {
        return policy(true);
    }

    private TrialPolicy policy(boolean accepts) {
        return new TrialPolicy(
                new TransitionPolicy.Reverse(deadline), duration, interval, !ownTroubleOnly, true, accepts);
    }
}
