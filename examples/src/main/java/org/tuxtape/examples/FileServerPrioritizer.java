package org.tuxtape.examples;

import java.util.Optional;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.core.triage.Verdict;

/**
 * A prioritizer of your own: a team that runs NFS servers lifts whatever touches that code above the rest.
 *
 * <pre>{@code
 * Triage.of(catalog).with(FileServerPrioritizer.onTopOf(Prioritizers.standard())).against(profile);
 * }</pre>
 */
// snippet: prioritizer
final class FileServerPrioritizer implements Prioritizer {
    private static final String FACTOR = "file-server";
    private static final double LIFT = 30;

    static Prioritizer onTopOf(Prioritizer base) {
        return Prioritizers.boost(base, new FileServerPrioritizer());
    }

    @Override
    public Priority priority(Cve cve, Verdict verdict) {
        Optional<SourcePath> served = cve.files().stream()
                .filter(path -> path.isBelow("fs/nfsd") || path.isBelow("net/sunrpc"))
                .findFirst();
        return served.map(path -> Priority.of(LIFT, FACTOR, path + " is part of the NFS server, our product."))
                .orElseGet(() -> Priority.unknown(FACTOR, "No file is part of the NFS server."));
    }
}
// end
