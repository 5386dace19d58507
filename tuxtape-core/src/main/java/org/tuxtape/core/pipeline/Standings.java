package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.pipeline.Standing.State;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.VexStatus;

/** Where something stands after the stages that it went through. */
final class Standings {
    static final Standing CANCELLED =
            new Standing(State.NOT_TRIED, "The run was cancelled before its turn.", "Run it again.");

    /** Of two ways of one CVE the one that shows most of what the kernel does with its fix, then the one further on. */
    private static final List<State> TELLING = List.of(
            State.PATCHED,
            State.PROVEN,
            State.UNPROVEN,
            State.TURNED_DOWN,
            State.READY,
            State.DENIED,
            State.AWAITING_REVIEW);

    private Standings() {}

    /** Returns where a CVE stands that nobody has to act on, or nobody can. */
    static Optional<Standing> settled(Finding finding) {
        String reason = reason(finding);
        return switch (finding.verdict().status()) {
            case AFFECTED -> Optional.empty();
            case FIXED -> Optional.of(new Standing(State.FIXED, reason, ""));
            case NOT_AFFECTED -> Optional.of(new Standing(State.NOT_AFFECTED, reason, ""));
            case UNDER_INVESTIGATION ->
                Optional.of(new Standing(
                        State.UNDECIDED,
                        reason,
                        "Look at it; with the kernel's source and the fixes at hand more can be told."));
        };
    }

    /** Returns what decided, or what the highest rung found where nothing did. */
    private static String reason(Finding finding) {
        List<Evidence> evidence = finding.verdict().evidence();
        return evidence.stream()
                .filter(found -> found.decides().isPresent())
                .reduce((lower, higher) -> higher)
                .or(() -> evidence.stream().reduce((lower, higher) -> higher))
                .map(Evidence::reason)
                .orElse("Nothing is known of it.");
    }

    static Standing more(Standing own, Standing cumulative) {
        return rank(cumulative) <= rank(own) ? cumulative : own;
    }

    private static int rank(Standing standing) {
        int place = TELLING.indexOf(standing.state());
        return place < 0 ? TELLING.size() : place;
    }

    /** Returns where a CVE stands after its own way, or that of a patch that it is in. */
    static Standing of(List<StageRun> stages, CveId cve) {
        return of(stages, proof -> proof.protection().cve().equals(cve));
    }

    /** Returns where a patch stands after its way. */
    static Standing of(List<StageRun> stages) {
        return of(stages, proof -> true);
    }

    private static Standing of(List<StageRun> stages, Predicate<Proof> about) {
        Optional<StageResult.Threw> threw = StageRuns.find(stages, StageResult.Threw.class);
        if (threw.isPresent()) {
            return new Standing(
                    State.FAULT,
                    "The stage " + threw.get().stage() + " failed: "
                            + threw.get().message(),
                    "Mend what is broken, and run it again.");
        }
        if (stages.isEmpty()) {
            return CANCELLED;
        }
        StageResult last = stages.get(stages.size() - 1).result();
        if (last instanceof StageResult.LookedUp found) {
            return of(found.lookup());
        }
        if (last instanceof StageResult.Screened screened) {
            return of(screened.screening());
        }
        if (last instanceof StageResult.Built built) {
            return of(built.outcome());
        }
        if (last instanceof StageResult.Composed composed) {
            return of(composed.composition().outcome());
        }
        if (last instanceof StageResult.Reviewed reviewed) {
            return of(reviewed.approval());
        }
        if (last instanceof StageResult.Loaded loaded) {
            return of(loaded.outcome());
        }
        List<Proof> proofs = StageRuns.find(stages, StageResult.Proven.class).map(StageResult.Proven::proofs).stream()
                .flatMap(List::stream)
                .filter(about)
                .toList();
        if (last instanceof StageResult.Unloaded unloaded) {
            return of(proofs, unloaded, unloaded.proofs().stream().filter(about).toList());
        }
        return inForce(proofs);
    }

    private static Standing of(FixLookup lookup) {
        if (lookup instanceof FixLookup.NeedsBackport other) {
            return new Standing(
                    State.NEEDS_BACKPORT,
                    other.reason(),
                    "Adapt the fix for " + other.fix().branch() + " by hand, and give it beside the other fixes.");
        }
        if (lookup instanceof FixLookup.Missing missing) {
            return new Standing(
                    State.NO_FIX, missing.reason(), "Give a source that has the fix, or write one by hand.");
        }
        return notTried("a builder");
    }

    private static Standing of(Screening screening) {
        if (screening.outlook().isHopeful()) {
            return notTried("a builder");
        }
        State state = screening.outlook() == Screening.Outlook.NO_EFFECT ? State.NO_EFFECT : State.CANNOT_BUILD;
        return new Standing(
                state,
                joined(screening.reasons().stream()
                        .map(finding ->
                                finding.place().map(place -> place + ": ").orElse("") + finding.detail())
                        .toList()),
                joined(screening.reasons().stream()
                        .map(Screening.Finding::remedy)
                        .distinct()
                        .toList()));
    }

    private static String joined(List<String> sentences) {
        return String.join(" ", sentences);
    }

    private static Standing of(BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.NoChange none) {
            return new Standing(State.NO_EFFECT, none.reason(), "");
        }
        if (outcome instanceof BuildOutcome.Failed failed) {
            return new Standing(
                    State.CANNOT_BUILD,
                    reason(failed.diagnosis()),
                    failed.diagnosis().remedy());
        }
        return CANCELLED;
    }

    private static String reason(BuildDiagnosis diagnosis) {
        StringBuilder text = new StringBuilder(diagnosis.failure().name());
        diagnosis.place().ifPresent(place -> text.append(' ').append(place));
        diagnosis.function().ifPresent(function -> text.append(' ').append(function));
        diagnosis
                .excerpt()
                .lines()
                .findFirst()
                .ifPresent(line -> text.append(": ").append(line.strip()));
        return text.toString();
    }

    private static Standing of(Approval approval) {
        if (approval instanceof Approval.Awaiting) {
            return new Standing(
                    State.AWAITING_REVIEW,
                    "Nobody has decided about the module.",
                    "Look at it, and write the decision down beside it.");
        }
        if (approval instanceof Approval.Denied denied) {
            return new Standing(
                    State.DENIED,
                    denied.review().reviewer() + " has denied it: "
                            + denied.review().reason(),
                    "Do what the review asks for.");
        }
        String leave = approval instanceof Approval.Approved approved
                ? approved.review().reviewer() + " has approved it: "
                        + approved.review().reason()
                : "No review was asked for.";
        return new Standing(State.READY, leave, "Load it.");
    }

    private static Standing of(TransitionOutcome outcome) {
        if (outcome instanceof TransitionOutcome.Refused refused) {
            return new Standing(
                    State.TURNED_DOWN,
                    refused.obstacle().errno() + ": " + refused.obstacle().reason(),
                    "Clear what is in the way, and run it again.");
        }
        if (outcome instanceof TransitionOutcome.Reversed reversed) {
            return new Standing(
                    State.TURNED_DOWN,
                    "Tasks had not switched over at the deadline, and it was taken back" + names(reversed.blocking()),
                    "Try it again when they do something else, with more time, or restart them.");
        }
        if (outcome instanceof TransitionOutcome.StillRunning running) {
            return new Standing(
                    State.TURNED_DOWN,
                    "The transition has not come to its end" + names(running.blocking()),
                    "Wait for it, or restart the tasks.");
        }
        if (outcome instanceof TransitionOutcome.Cancelled) {
            return new Standing(
                    State.NOT_TRIED, "The run was cancelled while it was loaded; it was taken back.", "Run it again.");
        }
        return new Standing(
                State.UNPROVEN, "The run was cancelled before the kernel was asked.", "Look at what is loaded.");
    }

    private static String names(List<BlockingTask> blocking) {
        return blocking.isEmpty()
                ? "."
                : blocking.stream().map(BlockingTask::name).distinct().collect(Collectors.joining(", ", ": ", "."));
    }

    private static Standing of(List<Proof> in, StageResult.Unloaded unloaded, List<Proof> afterwards) {
        Standing during = inForce(in);
        if (during.state() != State.PATCHED) {
            return during;
        }
        if (afterwards.stream().anyMatch(Proof::isFixed)) {
            return new Standing(
                    State.PATCHED,
                    during.reason() + " It could not be taken out again.",
                    "Look at what keeps it in: " + of(unloaded.disabled()).reason());
        }
        String status = afterwards.stream()
                .map(Proof::status)
                .findFirst()
                .orElse(VexStatus.AFFECTED)
                .toString();
        return new Standing(
                State.PROVEN,
                during.reason() + " It was taken out again, and the kernel is " + status + ".",
                "Load it to stay.");
    }

    private static Standing inForce(List<Proof> proofs) {
        Optional<Proof> doubtful =
                proofs.stream().filter(proof -> !proof.isFixed()).findFirst();
        if (proofs.isEmpty()) {
            return new Standing(State.UNPROVEN, "The module does not say that it fixes it.", "Look at its manifest.");
        }
        return doubtful.map(Standings::unproven)
                .orElseGet(() -> new Standing(
                        State.PATCHED,
                        "Every object that it needs reports patched 1: "
                                + proofs.stream()
                                        .flatMap(proof -> proof.patched().keySet().stream())
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + ".",
                        ""));
    }

    private static Standing unproven(Proof proof) {
        CveProtection protection = proof.protection();
        String missing = String.join(", ", protection.missing());
        return switch (protection.state()) {
            case WAITING_FOR_OBJECT ->
                new Standing(
                        State.UNPROVEN,
                        "Not loaded, and patched when it is: " + missing + ".",
                        "None while the module is not loaded: its code does not run.");
            case UNKNOWN ->
                new Standing(
                        State.UNPROVEN,
                        "The kernel does not say whether it is patched: " + missing + ".",
                        "Look whether another livepatch stands above it.");
            case IN_TRANSITION ->
                new Standing(State.UNPROVEN, "Tasks are still switching over.", "Wait, and ask the kernel again.");
            case NOT_FIXED, FIXED ->
                new Standing(State.UNPROVEN, "The kernel does not show it in force.", "Look at what is loaded.");
        };
    }

    private static Standing notTried(String missing) {
        return new Standing(
                State.NOT_TRIED,
                "The way ended here: it needs " + missing + ", and there is none.",
                "Give " + missing + ".");
    }
}
