package org.tuxtape.core.triage;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.triage.Evidence.Files.Outcome;

/**
 * What one CVE adds to the figures of a funnel.
 *
 * @param byVersion what the version says
 * @param outcome what the files say, where the version leaves it open
 * @param objects where the code is compiled in
 */
record FunnelShare(VexStatus byVersion, Optional<Outcome> outcome, SortedSet<KernelObject> objects) {

    static FunnelShare of(Verdict verdict) {
        VexStatus byVersion =
                verdict.version().flatMap(Evidence.Version::decides).orElse(VexStatus.UNDER_INVESTIGATION);
        Optional<Evidence.Files> files = byVersion.isOpen() ? verdict.files() : Optional.empty();
        Optional<Outcome> outcome = files.map(Evidence.Files::outcome);
        SortedSet<KernelObject> objects = files.filter(found -> outcome.equals(Optional.of(Outcome.COMPILED)))
                .map(Evidence.Files::objects)
                .orElseGet(Collections::emptySortedSet);
        return new FunnelShare(byVersion, outcome, objects);
    }
}
