package org.tuxtape.core.livepatch;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.source.SourcePlace;

/**
 * Why a build gave no livepatch, as far as it is known.
 *
 * @param failure its class
 * @param place where in the source
 * @param object the object it is about
 * @param function the function, variable or symbol it is about
 * @param excerpt the lines of the log or of the fix that show it, possibly empty
 * @param remedy what a person can do, one sentence
 * @since 0.1
 */
public record BuildDiagnosis(
        BuildFailure failure,
        Optional<SourcePlace> place,
        Optional<KernelObject> object,
        Optional<String> function,
        String excerpt,
        String remedy) {

    /** Rejects {@code null}. */
    public BuildDiagnosis {
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(excerpt, "excerpt");
        Objects.requireNonNull(remedy, "remedy");
    }

    /**
     * Returns a diagnosis that names nothing in particular.
     *
     * @param failure its class
     * @param excerpt the lines that show it, possibly empty
     * @param remedy what a person can do, one sentence
     * @return the diagnosis
     */
    public static BuildDiagnosis of(BuildFailure failure, String excerpt, String remedy) {
        return new BuildDiagnosis(failure, Optional.empty(), Optional.empty(), Optional.empty(), excerpt, remedy);
    }
}
