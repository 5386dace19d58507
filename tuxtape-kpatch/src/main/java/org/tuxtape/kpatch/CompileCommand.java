package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.kernel.SourcePath;

/**
 * How make has compiled a C file, as its {@code .cmd} file tells.
 *
 * @param words the compiler and its arguments, without the source, the product and the list of headers
 */
record CompileCommand(List<String> words) {
    private static final String DEPENDENCIES = "-Wp,-M";
    private static final String WRAPPER = "/kpatch-cc";

    /** Copies the list. */
    CompileCommand {
        words = List.copyOf(words);
    }

    /** Finds the command; empty where the file is not there, or is not as Kbuild writes it. */
    static Optional<CompileCommand> of(Path tree, CompiledUnit unit, SourcePath file) {
        Path product = tree.resolve(unit.target());
        try {
            String text = Files.readString(
                    product.resolveSibling("." + product.getFileName() + ".cmd"), StandardCharsets.ISO_8859_1);
            return parse(text.lines().findFirst().orElse(""), unit.target(), file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads {@code cmd_TARGET := COMMAND ; OTHERS}. */
    static Optional<CompileCommand> parse(String line, String target, SourcePath file) {
        int assigned = line.indexOf(" := ");
        Optional<List<String>> said = assigned < 0 ? Optional.empty() : firstCommand(line.substring(assigned + 4));
        List<String> words = new ArrayList<>(said.orElse(List.of()));
        words.removeIf(word -> word.startsWith(DEPENDENCIES));
        if (!words.isEmpty() && words.get(0).endsWith(WRAPPER)) {
            words.remove(0);
        }
        int output = words.indexOf("-o");
        boolean isWhole = output > 0
                && output + 1 < words.size()
                && words.remove(output + 1).equals(target)
                && words.remove(output).equals("-o")
                && words.removeIf(word -> word.equals(file.text()) || word.endsWith("/" + file.text()))
                && words.contains("-c");
        return isWhole ? Optional.of(new CompileCommand(words)) : Optional.empty();
    }

    /** Splits as a shell does, up to the end of the first command; empty where there is more to it than quotes. */
    private static Optional<List<String>> firstCommand(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isOpen = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
                isOpen = true;
            } else if (quote != 0) {
                word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                isOpen = true;
            } else if (c == ' ' || c == '\t' || c == ';' || c == '&') {
                if (isOpen) {
                    words.add(word.toString());
                    word.setLength(0);
                    isOpen = false;
                }
                if (c == ';' || c == '&') {
                    return Optional.of(words);
                }
            } else if ("`$|<>()".indexOf(c) >= 0) {
                return Optional.empty();
            } else {
                word.append(c);
                isOpen = true;
            }
        }
        if (isOpen) {
            words.add(word.toString());
        }
        return quote == 0 ? Optional.of(words) : Optional.empty();
    }

    /**
     * Returns the command for another text of the same file: what it includes by quotes is found where the file lies in
     * the tree, it bears the same name in messages of the code, and has no debug information, which knows line numbers.
     *
     * @param root the directory below which the text lies under the file's path
     * @param output what is to be written
     */
    List<String> compiling(SourcePath file, Path root, Path output) {
        Path folder = Optional.ofNullable(Path.of(file.text()).getParent()).orElse(Path.of("."));
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of(
                "-iquote",
                folder.toString(),
                "-fmacro-prefix-map=" + root + "/=",
                "-g0",
                "-o",
                output.toString(),
                root.resolve(file.text()).toString()));
        return command;
    }
}
