package org.tuxtape.examples.build;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.core.pipeline.Loading;
import org.tuxtape.core.pipeline.ReviewPolicy;
import org.tuxtape.core.pipeline.Selection;
import org.tuxtape.core.pipeline.Workbench;
import org.tuxtape.kpatch.store.ArtefactStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How far a run goes, and who lets it. */
final class RunOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what report and mails call this kernel; default: its release, which another build may share")
    private Optional<String> name = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "take the N most urgent CVEs only")
    private OptionalInt limit = OptionalInt.empty();

    @Option(names = "--cve", arity = "1..*", paramLabel = "ID", description = "take these CVEs only")
    private Set<CveId> cves = new TreeSet<>();

    @Option(
            names = "--review-policy",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}: what nobody has approved is not loaded. "
                    + "To waive it needs --who and --why")
    private Policy policy = Policy.REQUIRED;

    @Option(
            names = "--approve-as",
            paramLabel = "NAME",
            description = "write down that NAME approves every module that nobody has decided about; it needs --why")
    private Optional<String> approver = Optional.empty();

    @Option(names = "--who", paramLabel = "NAME", description = "who answers for a waived review")
    private Optional<String> who = Optional.empty();

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason to approve or to waive")
    private Optional<String> why = Optional.empty();

    @Option(
            names = "--load",
            description =
                    "${COMPLETION-CANDIDATES}: trial loads each module of this run, asks the kernel, and takes it out "
                            + "again; keep loads the cumulative one to stay. Without it nothing is loaded")
    private Optional<Loading.Purpose> load = Optional.empty();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "how long tasks may take to switch before it is taken back, such as 90s; default 60s")
    private Duration deadline = Duration.ofSeconds(60);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    enum Policy {
        REQUIRED,
        WAIVED
    }

    Selection selection() {
        if (limit.orElse(0) < 0) {
            throw misunderstood("--limit takes 0 or more.");
        }
        Selection all = cves.isEmpty() ? Selection.all() : Selection.all().only(cves);
        return limit.isPresent() ? all.limit(limit.getAsInt()) : all;
    }

    Workbench named(Workbench bench) {
        try {
            return name.map(bench::named).orElse(bench);
        } catch (IllegalArgumentException e) {
            throw misunderstood("--name takes printable ASCII characters without blanks.");
        }
    }

    ReviewPolicy policy() {
        return switch (policy) {
            case REQUIRED -> new ReviewPolicy.Required();
            case WAIVED ->
                new ReviewPolicy.Waived(
                        said(who, "To waive reviews, --who NAME is needed."),
                        said(why, "To waive reviews, --why TEXT is needed."));
        };
    }

    /** Returns what is written beside the modules, after it was written if somebody approves them here. */
    Function<LivepatchModule, Reviews> reviews(ArtefactStore store) {
        Optional<String> reason = approver.map(name -> said(why, "To approve, --why TEXT is needed."));
        return module -> {
            BuildKey key = module.manifest().key().orElseThrow();
            Reviews reviews = store.reviews(key);
            return approver.isPresent() && reviews.of(module.manifest()).isEmpty()
                    ? store.review(key, Decision.APPROVED, approver.get(), reason.orElseThrow())
                    : reviews;
        };
    }

    Optional<Loading> loading(LivepatchController machine, boolean isCumulative) {
        if (load.filter(Loading.Purpose.KEEP::equals).isPresent() && !isCumulative) {
            throw misunderstood("--load keep loads a cumulative patch: say --cumulative.");
        }
        return load.map(purpose -> new Loading(machine, new TransitionPolicy.Reverse(deadline), purpose));
    }

    private String said(Optional<String> text, String unless) {
        return text.filter(words -> !words.isBlank()).orElseThrow(() -> misunderstood(unless));
    }

    private ParameterException misunderstood(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
