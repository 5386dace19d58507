package org.tuxtape.core.triage;

import java.util.Objects;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FunctionPresence;

/**
 * A function that a fix changes, adds or removes.
 *
 * @param name its name in C
 * @param file where it is defined
 * @param presence what the build made of it
 * @since 0.1
 */
public record ChangedFunction(String name, SourcePath file, FunctionPresence presence) {

    /** Rejects {@code null}. */
    public ChangedFunction {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(presence, "presence");
    }
}
