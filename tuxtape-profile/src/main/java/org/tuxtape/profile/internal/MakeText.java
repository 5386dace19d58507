package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.StringTokenizer;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Words, patterns and file names as GNU make's functions treat them. */
final class MakeText {
    private MakeText() {}

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(text);
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    static String each(String text, UnaryOperator<String> change) {
        StringJoiner joined = new StringJoiner(" ");
        words(text).forEach(word -> joined.add(change.apply(word)));
        return joined.toString();
    }

    static String filter(String patterns, String text, boolean keep) {
        List<String> wanted = words(patterns);
        Set<String> exact = new LinkedHashSet<>(wanted);
        StringJoiner joined = new StringJoiner(" ");
        for (String word : words(text)) {
            boolean matches = exact.contains(word)
                    || wanted.stream().anyMatch(pattern -> pattern.indexOf('%') >= 0 && matches(pattern, word));
            if (matches == keep) {
                joined.add(word);
            }
        }
        return joined.toString();
    }

    static String sort(String text) {
        return String.join(" ", new TreeSet<>(words(text)));
    }

    private static boolean matches(String pattern, String word) {
        int percent = pattern.indexOf('%');
        return percent < 0
                ? pattern.equals(word)
                : word.length() >= pattern.length() - 1
                        && word.startsWith(pattern.substring(0, percent))
                        && word.endsWith(pattern.substring(percent + 1));
    }

    static String patsubst(String pattern, String replacement, String text) {
        int percent = pattern.indexOf('%');
        return each(text, word -> {
            if (!matches(pattern, word)) {
                return word;
            }
            if (percent < 0) {
                return replacement;
            }
            String stem = word.substring(percent, word.length() - (pattern.length() - percent - 1));
            int target = replacement.indexOf('%');
            return target < 0
                    ? replacement
                    : replacement.substring(0, target) + stem + replacement.substring(target + 1);
        });
    }

    static String directory(String word) {
        int slash = word.lastIndexOf('/');
        return slash < 0 ? "./" : word.substring(0, slash + 1);
    }

    static String basename(String word) {
        int dot = word.lastIndexOf('.');
        return dot <= word.lastIndexOf('/') ? word : word.substring(0, dot);
    }

    static String suffix(String word) {
        return word.substring(basename(word).length());
    }

    static String word(String number, String text) {
        List<String> words = words(text);
        int index = number(number) - 1;
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    static String wordList(String from, String to, String text) {
        List<String> words = words(text);
        int first = Math.max(number(from) - 1, 0);
        int last = Math.min(number(to), words.size());
        return first < last ? String.join(" ", words.subList(first, last)) : "";
    }

    static String join(String left, String right) {
        List<String> one = words(left);
        List<String> other = words(right);
        StringJoiner joined = new StringJoiner(" ");
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            joined.add((i < one.size() ? one.get(i) : "") + (i < other.size() ? other.get(i) : ""));
        }
        return joined.toString();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
