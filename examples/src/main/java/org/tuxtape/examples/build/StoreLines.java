package org.tuxtape.examples.build;

import java.util.stream.Collectors;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.Words;
import org.tuxtape.kpatch.store.Damage;
import org.tuxtape.kpatch.store.StoredArtefact;
import tools.jackson.databind.node.ObjectNode;

/** One line for each thing in a store. */
final class StoreLines {
    private StoreLines() {}

    static String json(String kind, StoredArtefact artefact) {
        Manifest manifest = artefact.module().manifest();
        ObjectNode line = BuildJson.line(kind)
                .put("state", "intact")
                .put("key", artefact.key().text())
                .put("name", manifest.name().text())
                .put("release", manifest.release().text())
                .put("builder", manifest.builder());
        BuildJson.ids(line.putArray("cves"), manifest.fixes().keySet());
        line.put("functions", manifest.functions().size())
                .put("module", artefact.module().file().toString());
        artefact.log().ifPresent(log -> line.put("log", log.toString()));
        line.put("since", artefact.since().toString()).put("bytes", artefact.bytes());
        return BuildJson.write(line);
    }

    static String json(Damage damage) {
        return BuildJson.write(BuildJson.line("artefact")
                .put("state", "damaged")
                .put("path", damage.path().toString())
                .put("reason", damage.why()));
    }

    static String text(String kind, StoredArtefact artefact) {
        Manifest manifest = artefact.module().manifest();
        String cves = manifest.fixes().keySet().stream().map(Object::toString).collect(Collectors.joining(" "));
        return Console.harmless((kind.equals("removed") ? "removed " : "")
                + String.join(
                        "  ",
                        artefact.key().text().substring(0, 12),
                        manifest.name().text(),
                        manifest.release().text(),
                        artefact.bytes() + " bytes",
                        cves));
    }

    static String json(Review review) {
        return BuildJson.write(BuildJson.line("review")
                .put("decision", Words.key(review.decision()))
                .put("reviewer", review.reviewer())
                .put("reason", review.reason())
                .put("at", review.at().toString())
                .put("sha256", review.sha256()));
    }

    static String text(Review review) {
        return Console.harmless(Words.of(review.decision()) + " by " + review.reviewer() + " at "
                + Words.of(review.at()) + ": " + review.reason());
    }

    static String text(Damage damage) {
        return Console.harmless("damaged: " + damage.path() + ": " + damage.why());
    }
}
