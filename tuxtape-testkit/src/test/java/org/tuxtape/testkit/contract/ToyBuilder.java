package org.tuxtape.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Cancelled;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.BuildOutcome.NoChange;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.testkit.fake.FakePatchBuilder;
import org.tuxtape.testkit.sample.ElfModule;

/**
 * A correct builder without a tool: it patches a real tree and fills a real store, and what it would run is counted only.
 * How a build ends is told by the name of the livepatch. Each step can be bent.
 */
class ToyBuilder implements PatchBuilder {
    static final String OBJECT = "net/a.c";
    static final int LOG_LIMIT = 1000;
    private static final int LONGEST_HANG = 2000;

    final Workshop shop;

    ToyBuilder(Workshop shop) {
        this.shop = shop;
    }

    @Override
    public BuildKey key(BuildRequest request) {
        return FakePatchBuilder.builder().build().key(request);
    }

    @Override
    public BuildOutcome build(BuildRequest request, Context context) {
        synchronized (shop) {
            String task = "build " + request.name();
            start(task, context);
            BuildOutcome outcome = outcome(request, context, task);
            end(task, outcome, context);
            return outcome;
        }
    }

    void start(String task, Context context) {
        context.tell(new Event.Started(task, OptionalLong.empty(), "phases"));
    }

    void end(String task, BuildOutcome outcome, Context context) {
        Event.End end = outcome instanceof Cancelled ? Event.End.CANCELLED : Event.End.COMPLETED;
        context.tell(new Event.Ended(task, end));
    }

    private BuildOutcome outcome(BuildRequest request, Context context, String task) {
        if (isCancelled(context)) {
            return new Cancelled();
        }
        repair();
        Path file = shop.store.resolve(key(request) + "/" + request.name() + ".ko");
        if (isStored(file)) {
            return built(request, file);
        }
        patch();
        try {
            shop.runs.incrementAndGet();
            shop.processes.incrementAndGet();
            return run(request, context, task, file);
        } finally {
            unpatch(request);
        }
    }

    boolean isCancelled(Context context) {
        return context.cancellation().isCancelled();
    }

    boolean isStored(Path file) {
        return Files.exists(file);
    }

    private BuildOutcome run(BuildRequest request, Context context, String task, Path file) {
        log(task, "the tool begins", context);
        return switch (request.name().text()) {
            case "no_change" -> {
                endProcesses();
                yield new NoChange("Nothing is compiled.", report(request, "nothing"));
            }
            case "failing" -> {
                endProcesses();
                fail(file);
                yield failed(BuildFailure.COMPILE_ERROR, request);
            }
            case "half" -> {
                toolBreaks(file);
                endProcesses();
                yield failed(BuildFailure.NO_SPACE, request);
            }
            case "hanging" -> {
                hang(context);
                endCancelled();
                yield cancelled(file);
            }
            case "slow" -> {
                endTimedOut();
                yield timedOut(request);
            }
            default -> {
                endProcesses();
                deliver(request, file, context, task);
                yield built(request, file);
            }
        };
    }

    void log(String task, String line, Context context) {
        context.tell(new Event.Logged(task, line));
    }

    /** Waits for the canceller, and not for ever if this builder does not look at it. */
    private void hang(Context context) {
        shop.hanging = true;
        for (int i = 0; i < LONGEST_HANG && !isCancelled(context); i++) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        shop.hanging = false;
    }

    void endProcesses() {
        shop.processes.set(0);
    }

    void endCancelled() {
        endProcesses();
    }

    void endTimedOut() {
        endProcesses();
    }

    BuildOutcome cancelled(Path file) {
        return new Cancelled();
    }

    BuildOutcome timedOut(BuildRequest request) {
        return failed(BuildFailure.TIMEOUT, request);
    }

    void fail(Path file) {}

    /** Leaves what a tool leaves that breaks while it writes: in a place of its own. */
    void toolBreaks(Path file) {
        Workshop.write(shop.store.resolve(".scratch/half.ko"), new byte[] {1, 2, 3});
    }

    void deliver(BuildRequest request, Path file, Context context, String task) {
        Path scratch = shop.store.resolve(".scratch/" + request.name() + ".ko");
        Workshop.write(scratch, module(request));
        log(task, "the tool has ended", context);
        try {
            Files.createDirectories(file.getParent());
            Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] module(BuildRequest request) {
        return ElfModule.livepatch(request.name().text())
                .tag("srcversion", key(request).text().substring(0, 20))
                .kpatch("vmlinux", "a", 0)
                .bytes();
    }

    void patch() {
        Path source = shop.tree.resolve(OBJECT);
        Workshop.write(shop.tree.resolve(OBJECT + ".saved"), Workshop.read(source));
        Workshop.write(source, new byte[] {'p'});
    }

    void unpatch(BuildRequest request) {
        repair();
    }

    /** Also what the next one does after a kill. */
    void repair() {
        Path saved = shop.tree.resolve(OBJECT + ".saved");
        if (Files.exists(saved)) {
            Workshop.write(shop.tree.resolve(OBJECT), Workshop.read(saved));
            Workshop.delete(saved);
        }
    }

    private BuildOutcome built(BuildRequest request, Path file) {
        Manifest manifest = Workshop.manifest(request, key(request), Artefacts.sha256(file));
        return built(new LivepatchModule(file, manifest), report(request, "built"));
    }

    BuildOutcome built(LivepatchModule module, BuildReport report) {
        return new BuildOutcome.Built(module, report);
    }

    final BuildOutcome failed(BuildFailure failure, BuildRequest request) {
        return new Failed(BuildDiagnosis.of(nameOf(failure), "", "Look."), report(request, "failed"));
    }

    BuildFailure nameOf(BuildFailure failure) {
        return failure;
    }

    private BuildReport report(BuildRequest request, String text) {
        boolean talkative = request.name().text().equals("talkative");
        return new BuildReport("toy", List.of(), List.of(), keep(talkative ? text.repeat(LOG_LIMIT) : text));
    }

    Optional<Path> keep(String text) {
        Path log = shop.store.resolve("log");
        Workshop.write(
                log, text.substring(0, Math.min(text.length(), LOG_LIMIT)).getBytes(Workshop.CHARSET));
        return Optional.of(log);
    }
}
