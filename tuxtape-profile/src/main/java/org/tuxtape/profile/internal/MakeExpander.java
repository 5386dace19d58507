package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.tuxtape.profile.internal.MakeScope.Variable;

/**
 * Expands references and functions of GNU make. What only a run can tell, as the output of a shell command, becomes
 * {@link #UNKNOWN}, which spreads to all that is made from it.
 *
 * @see <a href="https://www.gnu.org/software/make/manual/html_node/Functions.html">GNU make, Functions</a>
 */
final class MakeExpander {
    /** Stands for text that is not known. */
    static final String UNKNOWN = "\ue000";

    private static final int DEEPEST = 150;
    private static final int LONGEST = 4 << 20;
    private static final long MOST_STEPS = 400_000_000;

    private final MakeScope scope;
    private final UnaryOperator<String> wildcard;
    private final Consumer<String> evaluator;
    private final long[] steps;
    private int depth;

    /**
     * @param scope the variables
     * @param wildcard returns the files that a pattern matches
     * @param evaluator reads makefile text that {@code eval} makes
     * @param steps counts the work of all expanders that share it
     */
    MakeExpander(MakeScope scope, UnaryOperator<String> wildcard, Consumer<String> evaluator, long[] steps) {
        this.scope = scope;
        this.wildcard = wildcard;
        this.evaluator = evaluator;
        this.steps = steps;
    }

    /** There is more to expand than any makefile of a kernel has. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("It expands to more than any makefile of a kernel.");
        }
    }

    String expand(String text) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        steps[0] += text.length() + 1L;
        if (++depth > DEEPEST || steps[0] > MOST_STEPS) {
            depth = 0;
            throw new TooMuch();
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar < 0 || dollar + 1 == text.length()) {
                out.append(text, at, dollar < 0 ? text.length() : dollar);
                break;
            }
            out.append(text, at, dollar);
            char open = text.charAt(dollar + 1);
            if (open == '(' || open == '{') {
                int end = close(text, dollar + 2, open);
                out.append(reference(text.substring(dollar + 2, Math.min(end, text.length()))));
                at = end + 1;
            } else {
                out.append(open == '$' ? "$" : variable(String.valueOf(open)));
                at = dollar + 2;
            }
            if (out.length() > LONGEST) {
                throw new TooMuch();
            }
        }
        depth--;
        return out.toString();
    }

    /** Finds the bracket that closes the one before {@code from}, or the end. */
    static int close(String text, int from, char open) {
        char closing = open == '(' ? ')' : '}';
        int level = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == open) {
                level++;
            } else if (c == closing && level-- == 0) {
                return i;
            }
        }
        return text.length();
    }

    private String reference(String body) {
        int blank = 0;
        while (blank < body.length() && (Character.isLetter(body.charAt(blank)) || body.charAt(blank) == '-')) {
            blank++;
        }
        if (blank < body.length() && blank > 0 && Character.isWhitespace(body.charAt(blank))) {
            Optional<String> result = function(
                    body.substring(0, blank), arguments(body.substring(blank).stripLeading()));
            if (result.isPresent()) {
                return result.get();
            }
        }
        int colon = topLevel(body, ':');
        int equals = colon < 0 ? -1 : topLevel(body.substring(colon), '=');
        if (equals > 0) {
            String from = expand(body.substring(colon + 1, colon + equals));
            String to = expand(body.substring(colon + equals + 1));
            String value = variable(expand(body.substring(0, colon)));
            if ((from + to).contains(UNKNOWN)) {
                return UNKNOWN;
            }
            boolean pattern = from.indexOf('%') >= 0;
            return MakeText.patsubst(pattern ? from : "%" + from, pattern ? to : "%" + to, value);
        }
        return variable(expand(body));
    }

    private static int topLevel(String text, char wanted) {
        int level = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '{') {
                level++;
            } else if (c == ')' || c == '}') {
                level--;
            } else if (c == wanted && level == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        String rest = text;
        for (int comma = topLevel(rest, ','); comma >= 0; comma = topLevel(rest, ',')) {
            arguments.add(rest.substring(0, comma));
            rest = rest.substring(comma + 1);
        }
        arguments.add(rest);
        return arguments;
    }

    private String variable(String name) {
        if (name.contains(UNKNOWN)) {
            return UNKNOWN;
        }
        Optional<Variable> found = scope.find(name);
        return found.isEmpty()
                ? ""
                : found.get().recursive()
                        ? expand(found.get().text())
                        : found.get().text();
    }

    private static String argument(List<String> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : "";
    }

    /** Calls a function; empty if there is none of that name. */
    private Optional<String> function(String name, List<String> raw) {
        return switch (name) {
            case "if" -> Optional.of(choose(raw));
            case "or" -> Optional.of(firstTrue(raw));
            case "and" -> Optional.of(lastTrue(raw));
            case "foreach" -> Optional.of(forEach(raw));
            case "call" -> Optional.of(call(raw));
            case "shell", "file", "guile", "let", "intcmp" -> Optional.of(UNKNOWN);
            default -> text(name, raw);
        };
    }

    private Optional<String> text(String name, List<String> raw) {
        int most = switch (name) {
            case "subst", "patsubst", "wordlist" -> 3;
            case "filter", "filter-out", "findstring", "word", "addprefix", "addsuffix", "join" -> 2;
            default -> 1;
        };
        List<String> joined = raw.size() <= most ? raw : new ArrayList<>(raw.subList(0, most - 1));
        if (raw.size() > most) {
            joined.add(String.join(",", raw.subList(most - 1, raw.size())));
        }
        String one = expand(argument(joined, 0));
        String two = expand(argument(joined, 1));
        String three = expand(argument(joined, 2));
        if (decides(name, one, two, three).contains(UNKNOWN)) {
            return Optional.of(UNKNOWN);
        }
        String value = switch (name) {
            case "subst" -> one.isEmpty() ? three + two : three.replace(one, two);
            case "patsubst" -> MakeText.patsubst(one.strip(), two.strip(), three);
            case "strip" -> String.join(" ", MakeText.words(one));
            case "findstring" -> two.contains(one) ? one : "";
            case "filter" -> asKnownAs(two, MakeText.filter(one, two, true));
            case "filter-out" -> asKnownAs(two, MakeText.filter(one, two, false));
            case "sort" -> MakeText.sort(one);
            case "word" -> MakeText.word(one, two);
            case "wordlist" -> MakeText.wordList(one, two, three);
            case "words" -> String.valueOf(MakeText.words(one).size());
            case "firstword" -> MakeText.word("1", one);
            case "lastword" -> MakeText.word(String.valueOf(MakeText.words(one).size()), one);
            case "dir" -> MakeText.each(one, MakeText::directory);
            case "notdir" -> MakeText.each(one, word -> word.substring(word.lastIndexOf('/') + 1));
            case "suffix" -> MakeText.each(one, MakeText::suffix);
            case "basename" -> MakeText.each(one, MakeText::basename);
            case "addsuffix" -> MakeText.each(two, word -> word + one);
            case "addprefix" -> MakeText.each(two, word -> one + word);
            case "join" -> MakeText.join(one, two);
            case "wildcard" -> MakeText.each(one, wildcard);
            case "realpath", "abspath" -> one;
            case "value" -> scope.find(one).map(Variable::text).orElse("");
            case "origin" -> scope.find(one).isPresent() ? "file" : "undefined";
            case "flavor" ->
                scope.find(one)
                        .map(found -> found.recursive() ? "recursive" : "simple")
                        .orElse("undefined");
            case "eval" -> evaluate(one);
            case "error", "warning", "info" -> "";
            default -> "\0";
        };
        return value.equals("\0") ? Optional.empty() : Optional.of(value);
    }

    /** Returns what a function looks at without handing it on: what is not known in it would get lost. */
    private static String decides(String name, String one, String two, String three) {
        return switch (name) {
            case "findstring", "word", "wordlist" -> one + two + three;
            case "words", "firstword", "lastword", "dir", "suffix", "value", "origin", "flavor" -> one;
            case "subst", "patsubst" -> one + two;
            case "filter", "filter-out" -> one;
            default -> "";
        };
    }

    /** Adds that something is not known, where what a text was made from is not known in full. */
    private static String asKnownAs(String source, String made) {
        return source.contains(UNKNOWN) && !made.contains(UNKNOWN) ? made + " " + UNKNOWN : made;
    }

    private String evaluate(String text) {
        evaluator.accept(text);
        return "";
    }

    private String choose(List<String> raw) {
        String condition = expand(argument(raw, 0).strip()).strip();
        if (condition.contains(UNKNOWN)) {
            return UNKNOWN;
        }
        return condition.isEmpty()
                ? expand(
                        raw.size() > 2
                                ? String.join(",", raw.subList(2, raw.size())).strip()
                                : "")
                : expand(argument(raw, 1).strip());
    }

    private String firstTrue(List<String> raw) {
        for (String argument : raw) {
            String value = expand(argument.strip());
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private String lastTrue(List<String> raw) {
        String value = "";
        boolean known = true;
        for (String argument : raw) {
            value = expand(argument.strip());
            if (value.isEmpty()) {
                return "";
            }
            known &= !value.contains(UNKNOWN);
        }
        return known ? value : UNKNOWN;
    }

    private String forEach(List<String> raw) {
        String name = expand(argument(raw, 0)).strip();
        String body = raw.size() > 2 ? String.join(",", raw.subList(2, raw.size())) : "";
        Optional<Variable> before = scope.find(name);
        StringJoiner joined = new StringJoiner(" ");
        String list = expand(argument(raw, 1));
        for (String word : MakeText.words(list)) {
            scope.put(name, Optional.of(new Variable(word, false)));
            joined.add(expand(body));
        }
        scope.put(name, before);
        return asKnownAs(list, joined.toString());
    }

    private String call(List<String> raw) {
        List<String> values = raw.stream().map(this::expand).toList();
        String name = values.get(0).strip();
        if (name.contains(UNKNOWN)) {
            return UNKNOWN;
        }
        List<Optional<Variable>> before = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            before.add(scope.find(String.valueOf(i)));
            scope.put(
                    String.valueOf(i),
                    i < values.size() ? Optional.of(new Variable(values.get(i), false)) : Optional.empty());
        }
        String result = scope.find(name)
                .map(variable -> variable.recursive() ? expand(variable.text()) : variable.text())
                .orElse("");
        for (int i = 0; i < 10; i++) {
            scope.put(String.valueOf(i), before.get(i));
        }
        return result;
    }
}
