package org.tuxtape.core.source;

import java.util.Objects;
import java.util.OptionalInt;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A place in the kernel's source.
 *
 * @param file the file
 * @param line its line, from 1; empty if the file as a whole is meant
 * @since 0.1
 */
public record SourcePlace(SourcePath file, OptionalInt line) {

    /** Rejects a line below 1. */
    public SourcePlace {
        Objects.requireNonNull(file, "file");
        if (line.isPresent() && line.getAsInt() < 1) {
            throw new IllegalArgumentException("Lines are counted from 1.");
        }
    }

    /** Returns the place as compilers write it: {@code net/core/sock.c:12}. */
    @Override
    public String toString() {
        return line.isPresent() ? file + ":" + line.getAsInt() : file.text();
    }
}
