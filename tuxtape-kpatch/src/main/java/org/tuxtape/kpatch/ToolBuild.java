package org.tuxtape.kpatch;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.kpatch.tree.TreeException;
import org.tuxtape.kpatch.tree.TreeLease;

/** What both builders do, whatever the tool: from the fixes of a request to a stored module, with the tree as it was. */
record ToolBuild(BuildTree tree, ArtefactStore store, BuilderOptions options, Tool tool) {
    private static final Set<BuildFailure> OF_THE_WAY =
            EnumSet.of(BuildFailure.PATCH_DOES_NOT_APPLY, BuildFailure.COMPILE_ERROR);

    /**
     * Everything that goes into a module. The source as a whole is known by the release, the config, the compiler and, for
     * kpatch-build, the image that came of it. A request that does not say which config and compiler means the tree's.
     */
    BuildKey key(BuildRequest request) {
        BuildKeys key = new BuildKeys()
                .with("release", request.kernel().release())
                .with("config", said(request, KernelBuild::configDigest).orElse("unknown"))
                .with("compiler", said(request, KernelBuild::compiler).orElse("unknown"))
                .with("tool", tool.identity())
                .with("name", request.name())
                .with("replacement", request.replacement())
                .with("fuzz", options.fuzz());
        for (Fix fix : request.fixes()) {
            key.with("fix", fix.cve());
            fix.commits().forEach(commit -> key.with("commit", commit.commit()).with("diff", commit.diff()));
        }
        return key.key();
    }

    private Optional<String> said(BuildRequest request, Function<KernelBuild, Optional<String>> fact) {
        return fact.apply(request.kernel()).or(() -> fact.apply(tree.kernel()));
    }

    List<BuildDiagnosis> preflight(Context context) {
        return shell(context).nowhere().map(List::of).orElseGet(() -> tool.obstacles(shell(context)));
    }

    Shell shell(Context context) {
        return new Shell(options.wrapper(), tree.directory(), context);
    }

    /** Why it is this tool. */
    String reason() {
        ToolChoice choice = ToolChoice.of(tree);
        return choice.tool().filter(tool.kind()::equals).isPresent() ? choice.reason() : "the caller chose it.";
    }

    BuildOutcome build(BuildRequest request, Context context) {
        Optional<BuildDiagnosis> mismatch = mismatch(request);
        if (mismatch.isPresent()) {
            return failed(mismatch.get());
        }
        String task = "build " + request.name();
        context.tell(new Event.Started(task, OptionalLong.empty(), "lines"));
        Event.End end = Event.End.FAILED;
        try {
            context.cancellation().throwIfCancelled();
            BuildOutcome outcome = storedOrBuilt(request, task, context);
            end = outcome instanceof BuildOutcome.Cancelled ? Event.End.CANCELLED : Event.End.COMPLETED;
            return outcome;
        } catch (CancelledException e) {
            end = Event.End.CANCELLED;
            return new BuildOutcome.Cancelled();
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }

    /** Says that this is the tree of another kernel, or of another build of it. */
    private Optional<BuildDiagnosis> mismatch(BuildRequest request) {
        return Stream.<Function<KernelBuild, Optional<String>>>of(
                        kernel -> Optional.of(kernel.release().text()),
                        KernelBuild::configDigest,
                        KernelBuild::compiler)
                .filter(fact -> !said(request, fact).equals(fact.apply(tree.kernel())))
                .findFirst()
                .map(fact -> BuildDiagnosis.of(
                        BuildFailure.KERNEL_MISMATCH,
                        "asked for: " + said(request, fact).orElse("unknown") + "\ntree:      "
                                + fact.apply(tree.kernel()).orElse("unknown"),
                        "Use the tree in which the kernel was built."));
    }

    private BuildOutcome storedOrBuilt(BuildRequest request, String task, Context context) {
        BuildKey key = key(request);
        Optional<BuildOutcome> stored = stored(key);
        if (stored.isPresent()) {
            return stored.get();
        }
        try {
            return built(request, key, task, context);
        } catch (TreeException e) {
            if (e.fault() == TreeException.Fault.NO_SPACE) {
                return failed(BuildDiagnosis.of(BuildFailure.NO_SPACE, e.toString(), "Free some space."));
            }
            throw e;
        }
    }

    /** Builds, and where that fails by what the tool can be called around, does so. */
    private BuildOutcome built(BuildRequest request, BuildKey key, String task, Context context) {
        BuildOutcome outcome = attempt(request, key, task, context);
        return outcome instanceof BuildOutcome.Failed failed
                ? tool.around(failed.diagnosis(), request)
                        .map(other -> new ToolBuild(tree, store, options, other).built(request, key, task, context))
                        .filter(other -> !isOfTheWay(other))
                        .orElse(outcome)
                : outcome;
    }

    /** Whether a way round broke the source; then the failure before it says more of the fix. */
    private static boolean isOfTheWay(BuildOutcome outcome) {
        return outcome instanceof BuildOutcome.Failed failed
                && OF_THE_WAY.contains(failed.diagnosis().failure());
    }

    private BuildOutcome attempt(BuildRequest request, BuildKey key, String task, Context context) {
        try (TreeLease lease = tree.lease("to " + task, options.patience(), context)) {
            // Another process may have built it while this one waited.
            return stored(key).orElseGet(() -> new TreeBuild(this, request, key, lease, task, context).run());
        }
    }

    private Optional<BuildOutcome> stored(BuildKey key) {
        return store.find(key)
                .map(artefact -> new BuildOutcome.Built(
                        artefact.module(),
                        new BuildReport("", List.of(), List.of("It was in the store already."), artefact.log())));
    }

    private static BuildOutcome failed(BuildDiagnosis diagnosis) {
        return new BuildOutcome.Failed(diagnosis, BuildReport.none());
    }
}
