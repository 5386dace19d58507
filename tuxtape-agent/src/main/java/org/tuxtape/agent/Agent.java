package org.tuxtape.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.archive.ArchiveClient;
import org.tuxtape.archive.rollout.ReportSink;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;

/**
 * Brings a machine to what an archive offers it. Immutable; to be run now and then, for example by a timer.
 *
 * <pre>{@code
 * KernelFiles kernel = KernelFiles.ofThisMachine();
 * PatchStore store = PatchStore.open(Path.of("/var/lib/tuxtape"), kernel, context);
 * ArchiveClient archive = ArchiveClient.of(ArchiveLocation.parse("https://patches.example.org/"), trusted, root);
 * Agent agent = Agent.of(SysfsController.ofThisMachine(), store, kernel, archive,
 *         ReportSink.directory(Path.of("/mnt/reports")), AgentOptions.of(Node.of("web-7", "canary"), state));
 * AgentRun run = agent.run(context);
 * }</pre>
 *
 * <p>A run goes on with what a process that died has left, asks the archive what is new, lets the signed policy choose the
 * patch for exactly this kernel (release, architecture and build id), fetches and verifies it, asks what a load would do,
 * reports that it is about to load it, loads it on {@linkplain org.tuxtape.livepatch.sysfs.trial.Trial trial}, and accepts
 * or takes it back. What was withdrawn is turned down in the store, so that it is not loaded at the next boot either, and
 * taken out of the kernel; where an older patch is offered in its place, that comes first, so that nothing runs unpatched
 * meanwhile. An older patch that was accepted before is tried anew.
 *
 * <p>A run may be ended at any moment, by a kill or by the machine going down; the next one goes on, and comes to the same
 * end. Doing it again where there is nothing new changes nothing. Of two runs at once, one does nothing and says so.
 *
 * <p>It opens no connection but those of its archive client, its report sink and its probes. Reading needs no privilege,
 * changes need root. It never changes what did not come through its store.
 *
 * @since 0.1
 */
public final class Agent {
    /** Acts between the steps. */
    interface Watch {
        void before(AgentStep step);
    }

    private final LivepatchController controller;
    private final PatchStore store;
    private final RunningKernel kernel;
    private final ArchiveClient archive;
    private final ReportSink reports;
    private final AgentOptions options;
    private final Watch watch;

    private Agent(
            LivepatchController controller,
            PatchStore store,
            RunningKernel kernel,
            ArchiveClient archive,
            ReportSink reports,
            AgentOptions options,
            Watch watch) {
        this.controller = Objects.requireNonNull(controller, "controller");
        this.store = Objects.requireNonNull(store, "store");
        this.kernel = kernel;
        this.archive = Objects.requireNonNull(archive, "archive");
        this.reports = Objects.requireNonNull(reports, "reports");
        this.options = Objects.requireNonNull(options, "options");
        this.watch = watch;
    }

    /**
     * Creates an agent.
     *
     * @param controller of the machine's livepatches
     * @param store where the machine keeps its livepatches and what became of them
     * @param files where the machine's kernel shows itself
     * @param archive what it takes livepatches from
     * @param reports whom it reports to
     * @param options the rest
     * @return the agent; nothing is read yet
     */
    public static Agent of(
            LivepatchController controller,
            PatchStore store,
            KernelFiles files,
            ArchiveClient archive,
            ReportSink reports,
            AgentOptions options) {
        return new Agent(controller, store, new RunningKernel(files), archive, reports, options, step -> {});
    }

    Agent watchedBy(Watch newWatch) {
        return new Agent(controller, store, kernel, archive, reports, options, newWatch);
    }

    /**
     * Does all there is to do, and reports.
     *
     * @param context cancellation, listener and clock. The clock is the one by which metadata expires, promotions have
     *     happened and windows open, so {@link Context#standard()} is made anew for each run
     * @return what was done
     * @throws CancelledException if the caller wanted to stop; a trial under way was broken off then, and its livepatch
     *     taken back
     */
    public AgentRun run(Context context) {
        context.pause(wait(options.node().id(), options.jitter()));
        try {
            AgentDirectory.Attempt attempt = AgentDirectory.attempt(options.state());
            if (attempt instanceof AgentDirectory.Attempt.Held held) {
                return unreported(busy(held));
            }
            try (AgentDirectory directory = ((AgentDirectory.Attempt.Taken) attempt).directory()) {
                return pass(directory, context).run();
            }
        } catch (AgentException e) {
            return unreported(new AgentOutcome.Failed(AgentStep.START, e));
        }
    }

    private static AgentRun unreported(AgentOutcome outcome) {
        return new AgentRun(outcome, Optional.empty(), Optional.empty());
    }

    private AgentOutcome busy(AgentDirectory.Attempt.Held held) {
        return new AgentOutcome.Busy("Another agent is at work in " + options.state() + ": " + held.holder() + ".");
    }

    /**
     * Finds out what a run would do, without changing the kernel or the store, and without a report. The archive is asked,
     * and a module that would be loaded is fetched, verified and removed again.
     *
     * @param context cancellation, listener and clock
     * @return {@link AgentOutcome.Planned}, or why it would come to nothing
     * @throws CancelledException if the caller wanted to stop
     */
    public AgentOutcome rehearse(Context context) {
        try {
            AgentDirectory.Attempt attempt = AgentDirectory.attempt(options.state());
            if (attempt instanceof AgentDirectory.Attempt.Held held) {
                return busy(held);
            }
            try (AgentDirectory directory = ((AgentDirectory.Attempt.Taken) attempt).directory()) {
                return pass(directory, context).rehearse();
            }
        } catch (AgentException e) {
            return new AgentOutcome.Failed(AgentStep.START, e);
        }
    }

    private Pass pass(AgentDirectory directory, Context context) {
        return new Pass(
                new Pass.Parts(controller, store, kernel, archive, reports, options, watch), directory, context);
    }

    /** The same part of the longest time for the same node, and any part as often as any other. */
    static Duration wait(String node, Duration longest) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(node.getBytes(StandardCharsets.UTF_8));
            double part = (ByteBuffer.wrap(digest).getInt() >>> 1) / (double) Integer.MAX_VALUE;
            return Duration.ofMillis((long) (longest.toMillis() * part));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
