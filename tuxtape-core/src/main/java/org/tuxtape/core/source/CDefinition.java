package org.tuxtape.core.source;

import java.util.Objects;

/**
 * Something that a C source file defines at file scope, and the lines that it takes.
 *
 * @param kind what it is
 * @param name its name; of something that a macro defines, as {@code SYSCALL_DEFINE3(read, ...)} does, the macro's
 *     argument that names it; possibly empty, as that of an anonymous enum is
 * @param macro the macro that defines it, or empty
 * @param firstLine its first line, from 1; a comment above does not count
 * @param lastLine its last line
 * @since 0.1
 */
public record CDefinition(Kind kind, String name, String macro, int firstLine, int lastLine) {

    /** What can be defined. */
    public enum Kind {
        /** A function with its body. */
        FUNCTION,
        /** A struct, union or enum with its members, or a typedef. */
        TYPE,
        /** A macro of the preprocessor. */
        MACRO,
        /** A variable with its initial value. */
        DATA
    }

    /** Rejects lines that are none. */
    public CDefinition {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(macro, "macro");
        if (firstLine < 1 || lastLine < firstLine) {
            throw new IllegalArgumentException("No definition goes from line " + firstLine + " to " + lastLine + ".");
        }
    }

    /**
     * Tells whether a line belongs to it.
     *
     * @param line a line number, from 1
     * @return whether it is one of its lines
     */
    public boolean contains(int line) {
        return firstLine <= line && line <= lastLine;
    }
}
