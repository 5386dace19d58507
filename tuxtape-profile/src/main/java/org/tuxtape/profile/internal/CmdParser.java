package org.tuxtape.profile.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads {@code .cmd} files, as {@code scripts/basic/fixdep} and {@code scripts/Kbuild.include} write them:
 *
 * <pre>{@code
 * savedcmd_fs/open.o := gcc ... -c -o fs/open.o fs/open.c      cmd_fs/open.o before 6.3
 *
 * source_fs/open.o := fs/open.c
 *
 * deps_fs/open.o := \
 *     $(wildcard include/config/COMPAT) \
 *   include/linux/compiler-version.h \
 * }</pre>
 *
 * <p>Works on bytes, since a big build has hundreds of megabytes of them, nearly all in the dependencies.
 */
final class CmdParser {
    private static final byte[] SAVED_COMMAND = ascii("savedcmd_");
    private static final byte[] COMMAND = ascii("cmd_");
    private static final byte[] SOURCE = ascii("source_");
    private static final byte[] DEPENDENCIES = ascii("deps_");
    private static final byte[] DEPENDENCIES_END = ascii("$(deps_");
    private static final byte[] ASSIGNMENT = ascii(" := ");

    private final byte[] text;
    private final int length;
    private final TokenTable tokens;
    private String writtenTarget = "";
    private Optional<String> command = Optional.empty();
    private Optional<String> source = Optional.empty();
    private int[] dependencies = new int[1024];
    private int dependencyCount;
    private boolean dependenciesBegun;
    private boolean dependenciesEnded;

    private CmdParser(byte[] text, int length, TokenTable tokens) {
        this.text = text;
        this.length = length;
        this.tokens = tokens;
    }

    /**
     * Reads one file.
     *
     * @param target the path that the file's own name and place stand for
     * @param text holds the file's bytes from 0 to before {@code length}
     * @param tokens takes the dependencies
     * @return what the file says, or empty if it holds no command or was cut short
     */
    static Optional<CmdFile> parse(String target, byte[] text, int length, TokenTable tokens) {
        return new CmdParser(text, length, tokens).parse(target);
    }

    private Optional<CmdFile> parse(String target) {
        boolean inDependencies = false;
        for (int at = 0, end; at < length; at = end + 1) {
            end = lineEnd(at);
            if (inDependencies) {
                addDependencies(at, end);
            } else {
                inDependencies = readAssignment(at, end);
            }
            inDependencies &= end > at && text[end - 1] == '\\';
        }
        return command.filter(line -> isWhole(target, line)).map(line -> finish(target, line));
    }

    /** Tells whether all is there that Kbuild writes behind a command that compiles. */
    private boolean isWhole(String target, String line) {
        boolean compiles = target.endsWith(".o") && line.contains(" -c ") && line.contains(" -D__KERNEL__");
        return dependenciesBegun ? dependenciesEnded : source.isPresent() || !compiles;
    }

    private CmdFile finish(String target, String line) {
        boolean compilation = CmdFile.isCompilation(target, source);
        return new CmdFile(
                target,
                writtenTarget,
                compilation ? Command.compilation(line) : Command.link(line),
                compilation,
                source,
                tokens,
                Arrays.copyOf(dependencies, dependencyCount));
    }

    /** Reads a line outside of the dependencies, and tells whether they begin here. */
    private boolean readAssignment(int at, int end) {
        if (startsWith(at, end, SAVED_COMMAND)) {
            readCommand(at + SAVED_COMMAND.length, end);
        } else if (startsWith(at, end, COMMAND)) {
            readCommand(at + COMMAND.length, end);
        } else if (startsWith(at, end, SOURCE)) {
            int value = value(at, end);
            if (value > 0) {
                source = Optional.of(string(value, end));
            }
        } else if (startsWith(at, end, DEPENDENCIES)) {
            int value = value(at, end);
            if (value > 0) {
                dependenciesBegun = true;
                addDependencies(value, end);
            }
            return value > 0;
        } else if (startsWith(at, end, DEPENDENCIES_END)) {
            dependenciesEnded = true;
        }
        return false;
    }

    private void readCommand(int name, int end) {
        int value = value(name, end);
        if (value > 0 && command.isEmpty()) {
            writtenTarget = string(name, value - ASSIGNMENT.length);
            command = Optional.of(string(value, end));
        }
    }

    /** Takes the files of one line; the others are {@code $(wildcard include/config/X)}, which name no file. */
    private void addDependencies(int at, int end) {
        int from = at;
        while (from < end) {
            while (from < end && isBlank(text[from])) {
                from++;
            }
            if (from == end || text[from] == '$') {
                return;
            }
            int to = from;
            while (to < end && !isBlank(text[to])) {
                to++;
            }
            boolean continuation = to == from + 1 && text[from] == '\\';
            if (!continuation) {
                addDependency(from, to);
            }
            from = to;
        }
    }

    private void addDependency(int from, int to) {
        if (dependencyCount == dependencies.length) {
            dependencies = Arrays.copyOf(dependencies, dependencyCount * 2);
        }
        dependencies[dependencyCount++] = tokens.intern(text, from, to);
    }

    private int lineEnd(int at) {
        int end = at;
        while (end < length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Finds what is assigned on a line: its first byte, or -1. */
    private int value(int at, int end) {
        for (int i = at; i + ASSIGNMENT.length <= end; i++) {
            if (startsWith(i, end, ASSIGNMENT)) {
                return i + ASSIGNMENT.length;
            }
        }
        return -1;
    }

    private boolean startsWith(int at, int end, byte[] prefix) {
        return end - at >= prefix.length && Arrays.equals(text, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private String string(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8).strip();
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
