package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one {@code .cmd} file says: how Kbuild made one file, and from what. All paths but the target are as the build
 * wrote them; {@link BuildPaths} resolves them.
 */
final class CmdFile {
    private final String target;
    private final String writtenTarget;
    private final Command command;
    private final boolean compilation;
    private final Optional<String> source;
    private final TokenTable tokens;
    private final int[] dependencies;

    /**
     * @param target what was made, relative to the build tree, known from where the {@code .cmd} file lies
     * @param writtenTarget what was made, as the file spells it
     * @param source the {@code source_} line
     * @param tokens where the numbers in {@code dependencies} belong to
     * @param dependencies the files of the {@code deps_} lines
     */
    CmdFile(
            String target,
            String writtenTarget,
            Command command,
            boolean compilation,
            Optional<String> source,
            TokenTable tokens,
            int[] dependencies) {
        this.target = target;
        this.writtenTarget = writtenTarget;
        this.command = command;
        this.compilation = compilation;
        this.source = source;
        this.tokens = tokens;
        this.dependencies = dependencies;
    }

    String target() {
        return target;
    }

    String writtenTarget() {
        return writtenTarget;
    }

    Command command() {
        return command;
    }

    Optional<String> source() {
        return source;
    }

    TokenTable tokens() {
        return tokens;
    }

    IntStream dependencies() {
        return IntStream.of(dependencies);
    }

    /** Tells whether a compiler or assembler made one object, or the assembly of constants, from one source. */
    boolean isCompilation() {
        return compilation;
    }

    static boolean isCompilation(String target, Optional<String> source) {
        return (target.endsWith(".o") || target.endsWith(".s"))
                && source.map(CmdFile::isUnitSource).orElse(false);
    }

    private static boolean isUnitSource(String path) {
        return path.endsWith(".c") || path.endsWith(".S") || path.endsWith(".rs") || path.endsWith(".s");
    }
}
