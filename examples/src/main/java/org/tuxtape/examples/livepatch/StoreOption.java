package org.tuxtape.examples.livepatch;

import java.nio.file.Path;
import java.util.List;
import org.tuxtape.examples.Unusable;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import picocli.CommandLine.Option;

/** Where it is kept which livepatches are accepted, and which were turned down. */
final class StoreOption {
    private static final int LEAST_DIGITS = 6;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "where trials and their verdicts are kept; default ${DEFAULT-VALUE}")
    private Path directory = Path.of("/var/lib/tuxtape");

    Path directory() {
        return directory;
    }

    PatchStore open(Machine machine) {
        return PatchStore.open(directory, machine.files(), machine.context());
    }

    /** Finds the one patch that a person means by a name or by the first digits of a digest. */
    StoredPatch find(PatchStore store, String wanted) {
        List<StoredPatch> found = store.contents().patches().stream()
                .filter(patch -> isMeant(patch, wanted))
                .toList();
        if (found.isEmpty()) {
            throw new Unusable(directory + " holds no livepatch '" + wanted + "'.");
        }
        if (found.size() > 1) {
            throw new Unusable(directory + " holds several of '" + wanted + "'; name one by its digest: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(patch -> patch.manifest().sha256())
                                    .toList()));
        }
        return found.get(0);
    }

    private static boolean isMeant(StoredPatch patch, String wanted) {
        return patch.manifest().name().text().equals(wanted.replace('-', '_'))
                || (wanted.length() >= LEAST_DIGITS && patch.manifest().sha256().startsWith(wanted));
    }
}
