package org.tuxtape.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Manifest.FixedBy;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.PatchedFunction;

/**
 * Answers each request with the outcome that a test set up, and remembers the requests. It compiles nothing: the
 * modules that it gives have a manifest and no file. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class FakePatchBuilder implements PatchBuilder {
    private final Map<LivepatchName, Function<BuildRequest, BuildOutcome>> outcomes;
    private final boolean relaxed;
    private final List<BuildRequest> requests = new CopyOnWriteArrayList<>();

    private FakePatchBuilder(Builder builder) {
        outcomes = Map.copyOf(builder.outcomes);
        relaxed = builder.relaxed;
    }

    /**
     * Starts a patch builder.
     *
     * @return a builder that knows no livepatch
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the SHA-256 of all that the request says. */
    @Override
    public BuildKey key(BuildRequest request) {
        return digest(request);
    }

    private static BuildKey digest(BuildRequest request) {
        // The text of a record is made of all its components, down to the diffs.
        byte[] text = request.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return new BuildKey(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws AssertionError if the livepatch was not set up and the fake is strict
     */
    @Override
    public BuildOutcome build(BuildRequest request, Context context) {
        requests.add(request);
        BuildOutcome outcome = outcome(request);
        String task = "build " + request.name();
        context.tell(new Event.Started(task, OptionalLong.empty(), "steps"));
        boolean cancelled = context.cancellation().isCancelled();
        context.tell(new Event.Ended(task, cancelled ? Event.End.CANCELLED : Event.End.COMPLETED));
        return cancelled ? new BuildOutcome.Cancelled() : outcome;
    }

    private BuildOutcome outcome(BuildRequest request) {
        Function<BuildRequest, BuildOutcome> outcome = outcomes.get(request.name());
        if (outcome != null) {
            return outcome.apply(request);
        }
        if (relaxed) {
            return built(request, new TreeSet<>(List.of(new PatchedFunction(KernelObject.VMLINUX, "fake", 0))));
        }
        throw Strict.unexpected("a build of " + request.name());
    }

    private static BuildOutcome built(BuildRequest request, SortedSet<PatchedFunction> functions) {
        BuildKey key = digest(request);
        Manifest manifest = new Manifest(
                request.name(),
                key.text(),
                request.kernel().release(),
                request.kernel().release() + " SMP mod_unload ",
                "fake",
                Optional.of(key),
                request.replacement(),
                fixes(request.fixes(), functions),
                functions);
        return new BuildOutcome.Built(
                new LivepatchModule(Path.of(request.name() + ".ko"), manifest), BuildReport.none());
    }

    private static SortedMap<CveId, FixedBy> fixes(List<Fix> fixes, SortedSet<PatchedFunction> functions) {
        SortedMap<CveId, List<CommitId>> commits = new TreeMap<>();
        for (Fix fix : fixes) {
            List<CommitId> ids = commits.computeIfAbsent(fix.cve(), cve -> new ArrayList<>());
            fix.commits().stream().map(FixCommit::commit).forEach(id -> id.ifPresent(ids::add));
        }
        SortedSet<KernelObject> objects = new TreeSet<>();
        functions.forEach(function -> objects.add(function.object()));
        SortedMap<CveId, FixedBy> fixed = new TreeMap<>();
        commits.forEach((cve, ids) -> fixed.put(cve, new FixedBy(ids, objects)));
        return fixed;
    }

    /**
     * Returns what was asked for.
     *
     * @return every request to build, in the order in which they came
     */
    public List<BuildRequest> requests() {
        return List.copyOf(requests);
    }

    /** Collects outcomes. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<LivepatchName, Function<BuildRequest, BuildOutcome>> outcomes = new HashMap<>();
        private boolean relaxed;

        private Builder() {}

        /**
         * Sets up that a livepatch is built.
         *
         * @param name the livepatch
         * @param functions what it patches
         * @return this builder
         */
        public Builder builds(LivepatchName name, PatchedFunction... functions) {
            SortedSet<PatchedFunction> patched = new TreeSet<>(List.of(functions));
            outcomes.put(name, request -> built(request, patched));
            return this;
        }

        /**
         * Sets up how the build of a livepatch ends.
         *
         * @param name the livepatch
         * @param outcome how it ends
         * @return this builder
         */
        public Builder outcome(LivepatchName name, BuildOutcome outcome) {
            outcomes.put(name, request -> outcome);
            return this;
        }

        /**
         * Builds every other livepatch, as one that patches no function, instead of throwing an {@link AssertionError}.
         *
         * @return this builder
         */
        public Builder relaxed() {
            relaxed = true;
            return this;
        }

        /**
         * Returns the patch builder.
         *
         * @return a fake with what was collected so far
         */
        public FakePatchBuilder build() {
            return new FakePatchBuilder(this);
        }
    }
}
