package org.tuxtape.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command as pages show it: words, some of them quoted, variables before and a comment behind them. */
record ShellCommand(String program, List<String> arguments) {
    private static final Pattern WORD = Pattern.compile("\\s*(?:(#.*)|([|;&].*)|((?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+))");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_]+=.*");

    static List<ShellCommand> in(String block) {
        return block.replace("\\\n", " ")
                .lines()
                .map(ShellCommand::words)
                .filter(words -> !words.isEmpty())
                .map(words -> new ShellCommand(words.get(0), words.subList(1, words.size())))
                .toList();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.lookingAt() && word.group(3) != null) {
            String text = word.group(3).replaceAll("['\"]", "");
            if (!words.isEmpty() || !VARIABLE.matcher(text).matches()) {
                words.add(text);
            }
            word.region(word.end(), line.length());
        }
        return words;
    }

    @Override
    public String toString() {
        return program + " " + String.join(" ", arguments);
    }
}
