package org.tuxtape.kpatch.internal.diagnosis;

import java.util.Optional;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.source.SourcePlace;

/**
 * An explanation with the lines that show it.
 *
 * @param trust how well it explains
 * @param failure what it means
 * @param remedy what a person can do, one sentence
 * @param subject what it is about
 * @param excerpt grows with the lines that belong to it
 */
record Finding(Trust trust, BuildFailure failure, String remedy, Subject subject, Excerpt excerpt) {

    /**
     * What an explanation is about.
     *
     * @param place where in the source
     * @param object in which kernel object
     * @param name a function, variable or symbol
     */
    record Subject(Optional<SourcePlace> place, Optional<KernelObject> object, Optional<String> name) {
        static final Subject NONE = new Subject(Optional.empty(), Optional.empty(), Optional.empty());

        boolean isKnown() {
            return place.isPresent() || name.isPresent();
        }
    }

    /** The same with a subject and lines from another one, if this one does not say what it is about. */
    Finding completedBy(Finding other) {
        if (failure != other.failure) {
            return this;
        }
        excerpt.addAll(other.excerpt);
        return subject.isKnown() || !other.subject.isKnown()
                ? this
                : new Finding(trust, failure, other.remedy, other.subject, excerpt);
    }

    Finding as(BuildFailure otherFailure, String otherRemedy) {
        return new Finding(trust, otherFailure, otherRemedy, subject, excerpt);
    }

    BuildDiagnosis diagnosis() {
        return new BuildDiagnosis(
                failure, subject.place(), subject.object(), subject.name(), excerpt.toString(), remedy);
    }
}
