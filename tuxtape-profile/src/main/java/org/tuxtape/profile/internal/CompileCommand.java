package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a {@code compile_commands.json}.
 *
 * @param directory where the compiler ran; empty if the entry does not say it
 * @param file the source, absolute or relative to the directory
 * @param arguments the compiler and its arguments
 * @param output the object, if the entry says it itself
 * @see <a href="https://clang.llvm.org/docs/JSONCompilationDatabase.html">JSON Compilation Database</a>
 */
record CompileCommand(String directory, String file, List<String> arguments, Optional<String> output) {
    private static final String NO_QUOTES = "[\"'\\\\]";

    CompileCommand {
        arguments = List.copyOf(arguments);
    }

    /** Splits a command as a shell does, as far as compilers are called by build tools: quotes and backslashes. */
    static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
                word.append(command.charAt(++i));
                open = true;
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                open = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                open = false;
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    /** Returns the value that a macro is defined to, without quotes; nothing is not the same as not defined. */
    Optional<String> macro(String name) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String definition = argument.equals("-D") && i + 1 < arguments.size()
                    ? arguments.get(i + 1)
                    : argument.startsWith("-D") ? argument.substring(2) : "";
            if (definition.equals(name)) {
                value = Optional.of("");
            } else if (definition.startsWith(name + "=")) {
                value = Optional.of(definition.substring(name.length() + 1).replaceAll(NO_QUOTES, ""));
            }
        }
        return value;
    }

    /** Returns the object that the compiler writes: as the entry says it, or the command, or named like the source. */
    String object() {
        int option = arguments.indexOf("-o");
        return output.or(() -> option >= 0 && option + 1 < arguments.size()
                        ? Optional.of(arguments.get(option + 1))
                        : Optional.empty())
                .orElseGet(() -> file.substring(0, Math.max(file.lastIndexOf('.'), 0)) + ".o");
    }

    /** Host programs are compiled against the C library: without the kernel's macro. */
    boolean isKernelCode() {
        return macro("__KERNEL__").isPresent() || arguments.contains("-nostdinc");
    }
}
