package org.tuxtape.examples.build;

import java.util.List;
import org.tuxtape.examples.Unusable;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.store.StoredArtefact;

/** A build as people name it: the text form of a list prints the first digits of a key only. */
public final class StoredBuild {
    private StoredBuild() {}

    public static StoredArtefact find(ArtefactStore store, String key) {
        List<StoredArtefact> found = store.list().artefacts().stream()
                .filter(each -> each.key().text().startsWith(key))
                .toList();
        if (key.isEmpty() || found.size() != 1) {
            throw new Unusable("The store has " + found.size() + " builds whose key begins with '" + key + "'.");
        }
        return found.get(0);
    }
}
