package org.tuxtape.core.cve;

import java.io.Serializable;

/**
 * The stable name of a {@link CveSource}, for people and for provenance: a path, a URL, a folder.
 *
 * @param text not blank
 * @since 0.1
 */
public record SourceId(String text) implements Serializable {

    /** Rejects a blank name. */
    public SourceId {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A source has a name.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
