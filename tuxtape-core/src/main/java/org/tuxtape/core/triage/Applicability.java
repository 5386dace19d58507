package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.diff.TreeState;
import org.tuxtape.core.profile.BuildProfile;

/**
 * Decides whether a kernel contains the vulnerable code of a CVE, by climbing a ladder of evidence.
 *
 * <p>Safe for any number of threads, as far as what it is given is.
 *
 * @since 0.1
 */
public final class Applicability {
    private Applicability() {}

    /**
     * Climbs the ladder: versions first, then the files that were compiled. It stops early where the versions firmly say
     * that the kernel is fixed or was never affected.
     *
     * @param cve what is known of the CVE
     * @param profile what is known of the kernel
     * @return the verdict with its evidence
     */
    public static Verdict assess(Cve cve, BuildProfile profile) {
        return assess(cve, Target.of(profile), Context.standard());
    }

    /**
     * Climbs the ladder as far as what is at hand allows. It stops early where a rung firmly says that nobody has to act:
     * code that was never there or is not built is looked at no further. Only a fix that the versions promise is looked for
     * in the source where there is one. Source and fixes that cannot be read leave a rung undecided, with the reason.
     *
     * @param cve what is known of the CVE
     * @param kernel what is known of the kernel
     * @param context cancellation, listener and clock
     * @return the verdict with its evidence
     * @throws CancelledException if the token asks for it
     */
    public static Verdict assess(Cve cve, Target kernel, Context context) {
        Evidence.Version version =
                VersionRung.climb(cve.ranges(), kernel.profile().kernel());
        return assess(cve, kernel, version, context);
    }

    static Verdict assess(Cve cve, Target kernel, Evidence.Version version, Context context) {
        return isSettled(version, kernel)
                ? Verdict.of(List.of(version))
                : new Climb(cve, kernel, context).from(version);
    }

    /** Tells whether the version alone decides about a kernel, so that nothing else of it is looked at. */
    static boolean isSettled(Evidence.Version version, Target kernel) {
        boolean compares = kernel.source().isPresent() && kernel.fixes().isPresent();
        boolean trusted = !version.isWeak() && !(compares && decides(version, VexStatus.FIXED));
        return trusted && version.decides().filter(status -> !status.isOpen()).isPresent();
    }

    private static boolean decides(Evidence evidence, VexStatus status) {
        return evidence.decides().filter(status::equals).isPresent();
    }

    private record Climb(Cve cve, Target kernel, Context context) {

        Verdict from(Evidence.Version version) {
            List<Evidence> evidence = new ArrayList<>();
            evidence.add(version);
            Evidence.Files files = lookedUp(version, evidence);
            kernel.modules()
                    .filter(modules -> Verdict.of(evidence).status().isOpen())
                    .ifPresent(modules -> evidence.add(RunTimeRung.climb(files, modules)));
            return Verdict.of(evidence);
        }

        /** Climbs the rungs from the second one on, and returns what the second one found. */
        private Evidence.Files lookedUp(Evidence.Version version, List<Evidence> evidence) {
            if (kernel.fixes().isEmpty()) {
                Evidence.Files files = FileRung.climb(cve.files(), kernel.profile());
                evidence.add(files);
                return files;
            }
            KnownFix fix =
                    KnownFix.find(cve, kernel.fixes().get(), kernel.profile().kernel(), context);
            try {
                return lookedUp(version, fix, evidence);
            } catch (CancelledException e) {
                throw e;
            } catch (TuxtapeException e) {
                // What was found before the source failed to be read still holds.
                Optional<Evidence.Files> found = Verdict.of(evidence).files();
                if (found.isEmpty()) {
                    evidence.add(FileRung.climb(cve.files(), kernel.profile()));
                }
                evidence.add(SourceRung.silent("The source cannot be read. " + e.getMessage()));
                return Verdict.of(evidence).files().orElseThrow();
            }
        }

        private Evidence.Files lookedUp(Evidence.Version version, KnownFix fix, List<Evidence> evidence) {
            PathDrift drift = new PathDrift(kernel.source(), fix);
            Evidence.Files files = FileRung.climb(cve.files(), kernel.profile(), drift);
            evidence.add(files);
            if (kernel.source().isPresent() && files.decides().isEmpty()) {
                compare(version, fix, drift, evidence);
            }
            return files;
        }

        private void compare(Evidence.Version version, KnownFix fix, PathDrift drift, List<Evidence> evidence) {
            if (!fix.isKnown()) {
                evidence.add(SourceRung.silent(fix.text()));
                return;
            }
            context.cancellation().throwIfCancelled();
            TreeState state = TreeState.of(fix.diffs(), drift::text);
            Evidence.Functions functions = FunctionRung.climb(fix, state, drift, kernel.profile());
            evidence.add(functions);
            if (functions.decides().isEmpty()) {
                evidence.add(SourceRung.climb(fix, state, !decides(version, VexStatus.NOT_AFFECTED)));
            }
        }
    }
}
