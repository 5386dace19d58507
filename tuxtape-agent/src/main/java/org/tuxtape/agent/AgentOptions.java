package org.tuxtape.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tuxtape.archive.rollout.Node;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe;
import org.tuxtape.livepatch.sysfs.trial.TrialPolicy;

/**
 * How an agent goes about its work. Immutable.
 *
 * @param node the machine, as those who roll out know it
 * @param state a directory of the agent's own, which is created if it is not there: its lock, and modules on their way
 *     into the store. Nobody but its owner may be able to write it
 * @param freeze a file which, as long as it is there, keeps the machine as it is; its first line is the reason. One that
 *     cannot be looked for counts as there
 * @param windows when the machine may take a patch; none for always. Taking back what was withdrawn waits for no window
 * @param jitter how long to wait at most before the archive is asked; zero or above. Each node waits a part of it that is
 *     always the same, so that a fleet that is woken at once does not come at once
 * @param trial how a patch is tried
 * @param probes what is asked during a trial, and whenever the agent runs, by the name of what it looks at
 * @since 0.1
 */
public record AgentOptions(
        Node node,
        Path state,
        Path freeze,
        List<MaintenanceWindow> windows,
        Duration jitter,
        TrialPolicy trial,
        Map<String, HealthProbe> probes) {

    /** Copies the collections, and rejects a jitter below zero. */
    public AgentOptions {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(freeze, "freeze");
        Objects.requireNonNull(trial, "trial");
        windows = List.copyOf(windows);
        probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
        if (jitter.isNegative()) {
            throw new IllegalArgumentException("Nobody waits for " + jitter + ".");
        }
    }

    /**
     * Returns options without windows, jitter and probes: the freeze file is {@code freeze} in the state directory, and a
     * patch that passes the {@linkplain TrialPolicy#standard() careful trial} is accepted at once, since it is the fleet's
     * policy that decides and not a person at each machine.
     *
     * @param node the machine
     * @param state the directory of the agent's own
     * @return the options
     */
    public static AgentOptions of(Node node, Path state) {
        TrialPolicy careful = TrialPolicy.standard();
        TrialPolicy accepting = new TrialPolicy(
                careful.transition(),
                careful.duration(),
                careful.interval(),
                careful.troubleElsewhereCounts(),
                careful.lostMessagesCount(),
                true);
        return new AgentOptions(node, state, state.resolve("freeze"), List.of(), Duration.ZERO, accepting, Map.of());
    }

    /**
     * Replaces the freeze file.
     *
     * @param file the file
     * @return options that differ in it
     */
    public AgentOptions freezingBy(Path file) {
        return new AgentOptions(node, state, file, windows, jitter, trial, probes);
    }

    /**
     * Adds a time in which the machine may take a patch.
     *
     * @param window the time
     * @return options that differ in it
     */
    public AgentOptions within(MaintenanceWindow window) {
        List<MaintenanceWindow> more = new ArrayList<>(windows);
        more.add(window);
        return new AgentOptions(node, state, freeze, more, jitter, trial, probes);
    }

    /**
     * Replaces the jitter.
     *
     * @param longest zero or above
     * @return options that differ in it
     */
    public AgentOptions waitingUpTo(Duration longest) {
        return new AgentOptions(node, state, freeze, windows, longest, trial, probes);
    }

    /**
     * Replaces the policy of the trial. One that does not accept what has passed leaves that to a person, and the patch is
     * not loaded at the next boot.
     *
     * @param policy the policy
     * @return options that differ in it
     */
    public AgentOptions with(TrialPolicy policy) {
        return new AgentOptions(node, state, freeze, windows, jitter, policy, probes);
    }

    /**
     * Adds a probe.
     *
     * @param name what it looks at; one of that name is replaced
     * @param probe the probe
     * @return options that differ in it
     */
    public AgentOptions probing(String name, HealthProbe probe) {
        Map<String, HealthProbe> more = new LinkedHashMap<>(probes);
        more.put(name, Objects.requireNonNull(probe, "probe"));
        return new AgentOptions(node, state, freeze, windows, jitter, trial, more);
    }
}
