package org.tuxtape.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.archive.rollout.Health;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.log.KernelEvent;
import org.tuxtape.livepatch.sysfs.log.KernelEventParser;
import org.tuxtape.livepatch.sysfs.log.KernelLog;
import org.tuxtape.livepatch.sysfs.log.KernelLogReader;
import org.tuxtape.livepatch.sysfs.log.LogEntry;
import org.tuxtape.livepatch.sysfs.log.LogVerdict;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;

/**
 * How the machine is, long after a trial: what its probes say, and whether the kernel has complained of the livepatch.
 *
 * @param health the gravest answer
 * @param complaint what is wrong, one sentence
 */
record Checkup(Health health, Optional<String> complaint) {
    /** Nobody was asked. */
    static final Checkup NONE = new Checkup(Health.UNKNOWN, Optional.empty());

    /** Each brings up to some 200,000 messages: no kernel keeps more. */
    private static final int MOST_LOOKS = 16;

    static Checkup of(
            Map<String, HealthProbe> probes, Optional<LivepatchName> inForce, KernelFiles kernel, Context context) {
        for (Map.Entry<String, HealthProbe> probe : probes.entrySet()) {
            Optional<String> complaint = ask(probe.getKey(), probe.getValue(), context);
            if (complaint.isPresent()) {
                return new Checkup(Health.UNHEALTHY, complaint);
            }
        }
        Health silent = probes.isEmpty() ? Health.UNKNOWN : Health.HEALTHY;
        if (inForce.isEmpty()) {
            return new Checkup(silent, Optional.empty());
        }
        try (KernelLogReader log = KernelLog.open(kernel)) {
            Optional<String> complaint = complaint(log, inForce.get());
            return new Checkup(complaint.isPresent() ? Health.UNHEALTHY : Health.HEALTHY, complaint);
        } catch (KernelAccessException e) {
            return new Checkup(silent, Optional.empty());
        }
    }

    private static Optional<String> ask(String name, HealthProbe probe, Context context) {
        HealthProbe.Health health;
        try {
            health = probe.check(context);
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            health = new HealthProbe.Health(false, "The probe failed: " + e);
        }
        return health.healthy() ? Optional.empty() : Optional.of(name + ": " + health.reason());
    }

    /** What was said before it was last enabled was said of another life of it. */
    private static Optional<String> complaint(KernelLogReader log, LivepatchName name) {
        KernelEventParser parser = new KernelEventParser();
        List<KernelEvent> events = new ArrayList<>();
        List<LogEntry> entries = log.next();
        for (int look = 1; !entries.isEmpty(); look++) {
            entries.forEach(entry -> parser.accept(entry).forEach(event -> {
                if (isEnabling(event, name)) {
                    events.clear();
                }
                events.add(event);
            }));
            entries = look < MOST_LOOKS ? log.next() : List.of();
        }
        events.addAll(parser.finish());
        LogVerdict verdict = LogVerdict.of(name, events);
        return new LogVerdict(name, verdict.own(), List.of(), 0).objection();
    }

    private static boolean isEnabling(KernelEvent event, LivepatchName name) {
        return event instanceof KernelEvent.Livepatching said
                && said.kind() == KernelEvent.Step.ENABLING
                && said.livepatch().equals(Optional.of(name));
    }
}
