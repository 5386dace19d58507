package org.tuxtape.profile.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tuxtape.profile.internal.MakeScope.Variable;

/**
 * Evaluates makefiles: assignments, conditionals, {@code define}, {@code include} and {@code eval}. Rules are not run;
 * of them only the sources that they make are kept.
 *
 * <p>A condition that depends on what only a run can tell decides nothing: neither branch is read. If either would have
 * set what is built, this is noted as doubtful.
 */
final class Makefile {
    private static final int DEEPEST_INCLUDE = 40;
    private static final Pattern WHAT_IS_BUILT = Pattern.compile(
            "\\s*(export\\s+)?(?!\\S*flags|\\S*FLAGS|hostprogs|userprogs|always|extra|clean|targets|dtb)"
                    + "((obj|lib|subdir|core|drivers|libs|net|virt|init|head)-\\S*|\\S+-(objs|y|m|\\$\\S*)|\\$\\S+)"
                    + "\\s*(\\+|:|\\?)?=.*");

    private final MakeScope scope;
    private final MakeExpander expander;
    private final Function<String, Optional<String>> files;
    private final Set<String> madeSources = new TreeSet<>();
    private final Map<String, String> objectSources = new HashMap<>();
    private final List<String> doubts = new ArrayList<>();
    private int includes;
    private boolean inRule;

    /** Where a conditional stands: whether its lines count, whether a branch was taken, whether nobody knows. */
    private enum Branch {
        TAKEN,
        WAITING,
        DONE,
        DOUBTFUL
    }

    /**
     * @param files returns the text of a file of the source
     * @param listing answers wildcards
     * @param steps counts the work
     */
    Makefile(MakeScope scope, Function<String, Optional<String>> files, SourceListing listing, long[] steps) {
        this.scope = scope;
        this.files = files;
        this.expander = new MakeExpander(scope, listing::matching, this::read, steps);
    }

    /** Reads a file of the source; tells whether it is there. */
    boolean include(String path) {
        Optional<String> text = includes >= DEEPEST_INCLUDE ? Optional.empty() : files.apply(normal(path));
        text.ifPresent(found -> {
            includes++;
            scope.set("MAKEFILE_LIST", value("MAKEFILE_LIST") + " " + path, false);
            read(found);
            includes--;
        });
        return text.isPresent();
    }

    static String normal(String path) {
        return CommandPaths.absolute(path, "/").substring(1);
    }

    String value(String variable) {
        return expander.expand("$(" + variable + ")");
    }

    /** Returns the sources that rules make, as written. */
    Set<String> madeSources() {
        return madeSources;
    }

    /** Returns the sources that rules name for objects, by object: those that do not lie beside them. */
    Map<String, String> objectSources() {
        return objectSources;
    }

    /** Returns why what is built is not quite known, in sentences. */
    List<String> doubts() {
        return doubts;
    }

    /** Reads the text of a makefile. */
    void read(String text) {
        Deque<Branch> open = new ArrayDeque<>();
        List<String> lines = MakeLines.of(text);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String stripped = line.strip();
            boolean recipe = line.startsWith("\t") && inRule;
            String word = recipe ? "" : firstWord(stripped);
            if (isConditional(word)) {
                condition(word, stripped.substring(word.length()).strip(), open);
            } else if (open.stream().anyMatch(branch -> branch != Branch.TAKEN)) {
                if (open.contains(Branch.DOUBTFUL)
                        && WHAT_IS_BUILT.matcher(line).matches()) {
                    doubts.add("a condition that only a build can decide changes what is built: " + stripped);
                }
            } else if (word.equals("define")) {
                i = define(stripped.substring(word.length()).strip(), lines, i + 1);
            } else if (!recipe && !stripped.isEmpty()) {
                statement(word, stripped);
            }
        }
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end)) && line.charAt(end) != '(') {
            end++;
        }
        return line.substring(0, end);
    }

    private static boolean isConditional(String word) {
        return switch (word) {
            case "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif" -> true;
            default -> false;
        };
    }

    private void condition(String word, String rest, Deque<Branch> open) {
        switch (word) {
            case "endif" -> open.poll();
            case "else" -> {
                Branch branch = open.isEmpty() ? Branch.DONE : open.pop();
                String next = firstWord(rest);
                boolean outside = open.stream().anyMatch(above -> above != Branch.TAKEN);
                if (branch == Branch.WAITING && !outside) {
                    open.push(
                            next.isEmpty()
                                    ? Branch.TAKEN
                                    : decide(next, rest.substring(next.length()).strip()));
                } else {
                    open.push(branch == Branch.TAKEN ? Branch.DONE : branch);
                }
            }
            default ->
                open.push(open.stream().anyMatch(above -> above != Branch.TAKEN) ? Branch.DONE : decide(word, rest));
        }
    }

    private Branch decide(String word, String rest) {
        if (word.endsWith("def")) {
            String name = expander.expand(rest).strip();
            boolean defined =
                    scope.find(name).filter(found -> !found.text().isEmpty()).isPresent();
            boolean doubtful = name.contains(MakeExpander.UNKNOWN)
                    || scope.find(name)
                            .filter(found -> found.text().equals(MakeExpander.UNKNOWN))
                            .isPresent();
            return doubtful ? Branch.DOUBTFUL : branch(defined == word.equals("ifdef"));
        }
        String[] sides = sides(rest);
        String left = expander.expand(sides[0]).strip();
        String right = expander.expand(sides[1]).strip();
        if (left.contains(MakeExpander.UNKNOWN) || right.contains(MakeExpander.UNKNOWN)) {
            return Branch.DOUBTFUL;
        }
        return branch(left.equals(right) == word.equals("ifeq"));
    }

    private static Branch branch(boolean taken) {
        return taken ? Branch.TAKEN : Branch.WAITING;
    }

    /** {@code (a,b)}, {@code "a" "b"} or {@code 'a' 'b'}. */
    private static String[] sides(String text) {
        if (text.startsWith("(")) {
            String body = text.substring(1, MakeExpander.close(text, 1, '('));
            int level = 0;
            for (int i = 0; i < body.length(); i++) {
                char c = body.charAt(i);
                level += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
                if (c == ',' && level == 0) {
                    return new String[] {body.substring(0, i), body.substring(i + 1)};
                }
            }
            return new String[] {body, ""};
        }
        List<String> quoted = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            char quote = text.charAt(at);
            int end = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
            if (end > 0) {
                quoted.add(text.substring(at + 1, end));
            }
            at = end > 0 ? end + 1 : at + 1;
        }
        return new String[] {quoted.isEmpty() ? "" : quoted.get(0), quoted.size() < 2 ? "" : quoted.get(1)};
    }

    private int define(String head, List<String> lines, int from) {
        StringBuilder body = new StringBuilder();
        int at = from;
        for (; at < lines.size() && !firstWord(lines.get(at).strip()).equals("endef"); at++) {
            body.append(body.isEmpty() ? "" : "\n").append(lines.get(at));
        }
        int equals = head.indexOf('=');
        String name = (equals < 0 ? head : head.substring(0, equals))
                .replaceAll("[:?+]+$", "")
                .strip();
        scope.set(expander.expand(name), body.toString(), true);
        return at;
    }

    private void statement(String word, String line) {
        switch (word) {
            case "include", "-include", "sinclude" -> includeAll(word, line.substring(word.length()));
            case "export" -> export(line.substring(word.length()).strip());
            case "override", "private" ->
                statement("", line.substring(word.length()).strip());
            case "unexport", "vpath", "undefine" -> {
                // neither changes what is built
            }
            default -> assignOrRule(line);
        }
    }

    private void includeAll(String word, String paths) {
        inRule = false;
        String expanded = expander.expand(paths);
        for (String path : MakeText.words(expanded)) {
            boolean found = !path.contains(MakeExpander.UNKNOWN) && include(path);
            if (!found && word.equals("include") && !path.endsWith("auto.conf") && !path.endsWith(".cmd")) {
                doubts.add("a makefile that it includes is not there: " + path.replace(MakeExpander.UNKNOWN, "?"));
            }
        }
    }

    private void export(String rest) {
        int equals = operator(rest);
        if (equals < 0) {
            MakeText.words(expander.expand(rest)).forEach(scope::export);
        } else {
            scope.export(expander.expand(rest.substring(0, equals)).strip());
            assignOrRule(rest);
        }
    }

    /** Finds an assignment's operator; -1 if there is none, or a rule's colon stands before it. */
    private static int operator(String line) {
        int level = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '(' || c == '{') {
                level++;
            } else if (c == ')' || c == '}') {
                level--;
            } else if (level == 0 && c == '=') {
                return i;
            } else if (level == 0 && (c == '+' || c == '?' || c == '!') && line.startsWith("=", i + 1)) {
                return i;
            } else if (level == 0 && c == ':') {
                return line.startsWith("=", i + 1) || line.startsWith(":=", i + 1) ? i : -1;
            }
        }
        return -1;
    }

    private void assignOrRule(String line) {
        int at = operator(line);
        if (at < 0) {
            rule(line);
            return;
        }
        inRule = false;
        int equals = line.indexOf('=', at);
        String operator = line.substring(at, equals + 1);
        String name = expander.expand(line.substring(0, at)).strip();
        String text = line.substring(equals + 1).stripLeading();
        if (name.contains(MakeExpander.UNKNOWN)) {
            if (WHAT_IS_BUILT.matcher(line).matches()) {
                doubts.add("a name that only a build can tell is assigned to: " + line);
            }
            return;
        }
        switch (operator) {
            case "=" -> scope.set(name, text, true);
            case "?=" -> {
                if (scope.find(name).isEmpty()) {
                    scope.set(name, text, true);
                }
            }
            case "+=" -> append(name, text);
            case "!=" -> scope.set(name, MakeExpander.UNKNOWN, false);
            default -> scope.set(name, expander.expand(text), false);
        }
    }

    private void append(String name, String text) {
        Optional<Variable> before = scope.find(name);
        boolean recursive = before.map(Variable::recursive).orElse(true);
        String more = recursive ? text : expander.expand(text);
        scope.set(name, before.map(found -> found.text() + " " + more).orElse(more), recursive);
    }

    private void rule(String line) {
        int colon = line.indexOf(':');
        String expanded = expander.expand(line);
        if (colon < 0 || expanded.indexOf(':') < 0) {
            return; // a function called for what it does, such as $(eval ...) or $(error ...)
        }
        inRule = true;
        int end = expanded.indexOf(':');
        Optional<String> source = MakeText.words(expanded.substring(end + 1)).stream()
                .filter(Makefile::isSource)
                .findFirst();
        for (String target : MakeText.words(expanded.substring(0, end))) {
            if (isSource(target)) {
                madeSources.add(normal(target));
            } else if (target.endsWith(".o") && source.isPresent()) {
                objectSources.putIfAbsent(normal(target), normal(source.get()));
            }
        }
    }

    private static boolean isSource(String path) {
        boolean exact = path.indexOf('%') < 0 && !path.contains(MakeExpander.UNKNOWN);
        return exact && (path.endsWith(".c") || path.endsWith(".S") || path.endsWith(".rs"));
    }
}
