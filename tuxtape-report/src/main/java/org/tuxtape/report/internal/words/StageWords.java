package org.tuxtape.report.internal.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixOrigin;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.pipeline.Approval;
import org.tuxtape.core.pipeline.Composition;
import org.tuxtape.core.pipeline.Proof;
import org.tuxtape.core.pipeline.Screening;
import org.tuxtape.core.pipeline.StageResult;

/** What a stage found. */
public final class StageWords {
    private StageWords() {}

    /** Returns it in sentences. */
    public static Sentences of(StageResult result) {
        if (result instanceof StageResult.LookedUp found) {
            return of(found.lookup());
        }
        if (result instanceof StageResult.Screened screened) {
            return of(screened.screening());
        }
        if (result instanceof StageResult.Built built) {
            return of(built.outcome());
        }
        if (result instanceof StageResult.Composed composed) {
            return of(composed.composition());
        }
        if (result instanceof StageResult.Reviewed reviewed) {
            return of(reviewed.approval());
        }
        if (result instanceof StageResult.Loaded loaded) {
            return TransitionWords.of(loaded.outcome());
        }
        if (result instanceof StageResult.Proven proven) {
            return of(proven.proofs());
        }
        if (result instanceof StageResult.Unloaded unloaded) {
            Sentences disabled = TransitionWords.of(unloaded.disabled());
            return unloaded.removed()
                    .map(removed -> disabled.and(TransitionWords.of(removed)))
                    .orElse(disabled)
                    .and(of(unloaded.proofs()));
        }
        return result instanceof StageResult.Threw threw ? Sentences.of(threw.message()) : Sentences.of();
    }

    private static Sentences of(FixLookup lookup) {
        if (lookup instanceof FixLookup.Found found) {
            return Sentences.of(fix(found.fix()));
        }
        if (lookup instanceof FixLookup.NeedsBackport other) {
            return Sentences.of(other.reason(), fix(other.fix()));
        }
        return lookup instanceof FixLookup.Missing missing ? Sentences.of(missing.reason()) : Sentences.of();
    }

    private static String fix(Fix fix) {
        String commits = fix.commits().stream().map(StageWords::commit).collect(Collectors.joining("; "));
        String origin = "";
        if (fix.origin() instanceof FixOrigin.Adapted adapted) {
            origin = ", adapted by " + adapted.author();
        } else if (fix.origin() instanceof FixOrigin.TreeDifference difference) {
            origin = ", " + difference.remark();
        }
        return "For " + fix.branch() + origin + ": " + commits + ".";
    }

    private static String commit(FixCommit commit) {
        String id = commit.commit().map(Object::toString).orElse("");
        return (id + " " + commit.subject()).strip();
    }

    private static Sentences of(Screening screening) {
        List<String> text = new ArrayList<>();
        text.add(
                switch (screening.outlook()) {
                    case LIKELY -> "Nothing speaks against it.";
                    case RISKY -> "It may not work.";
                    case NO_EFFECT -> "It changes nothing of this kernel.";
                    case IMPOSSIBLE -> "It cannot work.";
                    case REFUSED -> "It is not tried.";
                });
        for (Screening.Finding finding : screening.findings()) {
            String place = finding.place().map(at -> at + ": ").orElse("");
            String symbol = finding.symbol().map(name -> " (" + name + ")").orElse("");
            text.add(place + finding.detail() + symbol + " [" + finding.code() + "]");
            text.add(finding.remedy());
        }
        return Sentences.of(text);
    }

    private static Sentences of(BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.Built built) {
            return Sentences.of(module(built.module()));
        }
        if (outcome instanceof BuildOutcome.NoChange same) {
            return Sentences.of(same.reason());
        }
        return outcome instanceof BuildOutcome.Failed failed ? of(failed.diagnosis()) : Sentences.of("Cancelled.");
    }

    private static String module(LivepatchModule module) {
        String functions = module.manifest().functions().stream()
                .collect(Collectors.groupingBy(
                        PatchedFunction::object,
                        TreeMap::new,
                        Collectors.mapping(PatchedFunction::name, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(object -> object.getKey() + ": " + object.getValue())
                .collect(Collectors.joining("; "));
        return module.file().getFileName() + " patches " + functions + ".";
    }

    /** Returns why something could not be built. */
    public static Sentences of(BuildDiagnosis diagnosis) {
        String failure = diagnosis.failure().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        StringBuilder text = new StringBuilder(failure.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(failure, 1, failure.length());
        add(text, " at ", diagnosis.place());
        add(text, " in ", diagnosis.object().map(KernelObject::name));
        add(text, ", function ", diagnosis.function());
        return new Sentences(List.of(text.append('.').toString(), diagnosis.remedy()), diagnosis.excerpt());
    }

    private static void add(StringBuilder text, String before, Optional<?> value) {
        value.ifPresent(found -> text.append(before).append(found));
    }

    private static Sentences of(Composition composition) {
        return of(composition.outcome())
                .and(Sentences.of(composition.included().size() + " in, "
                        + composition.leftOut().size() + " left out."));
    }

    private static Sentences of(Approval approval) {
        if (approval instanceof Approval.Approved approved) {
            return Sentences.of("Approved by " + decision(approved.review()));
        }
        if (approval instanceof Approval.Denied denied) {
            return Sentences.of("Denied by " + decision(denied.review()));
        }
        if (approval instanceof Approval.NotAsked waived) {
            return Sentences.of("Nobody was asked, since " + waived.waiver().who() + " waived reviews: "
                    + waived.waiver().why());
        }
        return Sentences.of("Nobody has decided.");
    }

    private static String decision(Review review) {
        return review.reviewer() + " at " + Times.text(review.at()) + ": " + review.reason();
    }

    private static Sentences of(List<Proof> proofs) {
        return Sentences.of(proofs.stream().map(StageWords::proof).toList());
    }

    private static String proof(Proof proof) {
        String objects = proof.patched().entrySet().stream()
                .map(object -> object.getKey()
                        + object.getValue()
                                .map(patched -> patched ? " is patched" : " is not patched")
                                .orElse(" says nothing"))
                .collect(Collectors.joining(", "));
        return proof.protection().cve() + ": " + (objects.isEmpty() ? "" : objects + "; ")
                + proof.status().toString().replace('_', ' ') + ".";
    }
}
