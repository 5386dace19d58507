package org.tuxtape.core.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;

/**
 * What a configuration leaves of a C source text: {@code #ifdef CONFIG_X}, {@code #if IS_ENABLED(CONFIG_X)} and what is
 * made of them with {@code !}, {@code &&}, {@code ||} and comparisons. Macros are not expanded and nothing is included, so
 * a condition on anything else is unknown, but for {@code #if 0}, {@code __KERNEL__} and the guard around a header. An
 * option that the text itself defines or undefines, as some code does that is built beside the kernel, is unknown below.
 *
 * <p>A line within an {@code if (IS_ENABLED(CONFIG_X))} of the language counts as compiled: the compiler sees it.
 *
 * <p>Any text can be read. Time and memory grow with its length.
 *
 * @since 0.1
 */
public final class CompiledCode {
    private static final Pattern DIRECTIVE = Pattern.compile("# (\\w+) ?(.*)", Pattern.DOTALL);

    private static final Pattern OPTION = Pattern.compile("CONFIG_(\\w+)");

    private final Function<ConfigSymbol, Optional<ConfigValue>> config;
    private final List<CToken> tokens = new ArrayList<>();
    private final NavigableMap<Integer, Inclusion> from = new TreeMap<>();
    private final Deque<Conditional> conditionals = new ArrayDeque<>();
    private final Set<String> redefined = new HashSet<>();

    /** A conditional that is open. */
    private static final class Conditional {
        private final Inclusion outer;
        private OptionalLong taken = OptionalLong.of(0);
        private boolean unknown;
        private Inclusion branch = Inclusion.UNKNOWN;

        Conditional(Inclusion outer) {
            this.outer = outer;
        }

        void branch(OptionalLong condition) {
            unknown |= condition.isEmpty() && !CCondition.is(taken, true);
            branch = inclusion(condition).within(outer);
            taken = CCondition.or(taken, condition);
        }

        private Inclusion inclusion(OptionalLong condition) {
            if (CCondition.is(taken, true) || CCondition.is(condition, false)) {
                return Inclusion.LEFT_OUT;
            }
            return taken.isEmpty() || condition.isEmpty() ? Inclusion.UNKNOWN : Inclusion.COMPILED;
        }
    }

    private CompiledCode(Function<ConfigSymbol, Optional<ConfigValue>> config) {
        this.config = config;
        from.put(1, Inclusion.COMPILED);
    }

    /**
     * Reads a text without a configuration: nothing is left out but what stands under {@code #if 0} and the like.
     *
     * @param text the text, in any encoding that keeps ASCII
     * @return what is left of it
     */
    public static CompiledCode of(String text) {
        return of(text, symbol -> Optional.empty());
    }

    /**
     * Reads a text under a configuration.
     *
     * @param text the text, in any encoding that keeps ASCII
     * @param config returns the value of an option, {@link ConfigValue#NO} for one that is not set, or empty if it is not
     *     known; a {@link org.tuxtape.core.profile.BuildProfile} answers so
     * @return what is left of it
     */
    public static CompiledCode of(String text, Function<ConfigSymbol, Optional<ConfigValue>> config) {
        CompiledCode code = new CompiledCode(config);
        code.read(new CLexer(text));
        return code;
    }

    /**
     * Tells whether the compiler sees a line. A line of the preprocessor is seen where what is around it is.
     *
     * @param line the line, from 1
     * @return whether it is compiled
     */
    public Inclusion at(int line) {
        var entry = from.floorEntry(line);
        if (entry == null) {
            throw new IllegalArgumentException("Lines are counted from 1.");
        }
        return entry.getValue();
    }

    /**
     * Returns what is left, and what may be. Conditions that are decided are gone too. Two texts with equal tokens mean the
     * same to the compiler, but for line numbers.
     *
     * @return the tokens in the order of the text
     */
    public List<CToken> tokens() {
        return Collections.unmodifiableList(tokens);
    }

    private void read(CLexer lexer) {
        Optional<String> guard = Optional.empty();
        boolean first = true;
        for (CLexer.Token token = lexer.next(); token != CLexer.Token.END; token = lexer.next()) {
            boolean directive = token == CLexer.Token.DIRECTIVE;
            CToken read = new CToken(directive ? CToken.spaced(lexer.token()) : lexer.token(), lexer.firstLine());
            if (guard.isPresent() && read.text().equals("# define " + guard.get())) {
                reopen(read.line());
            }
            guard = Optional.empty();
            if (!directive) {
                keep(read);
            } else {
                Matcher parts = DIRECTIVE.matcher(read.text());
                if (first && parts.matches() && parts.group(1).equals("ifndef")) {
                    guard = Optional.of(parts.group(2));
                }
                readDirective(read, lexer.lastLine());
            }
            first = false;
        }
    }

    private Inclusion inclusion() {
        return conditionals.isEmpty() ? Inclusion.COMPILED : conditionals.element().branch;
    }

    private void keep(CToken token) {
        if (inclusion() != Inclusion.LEFT_OUT) {
            tokens.add(token);
        }
    }

    /** The condition that was just opened turned out to be the guard of a header: it holds. */
    private void reopen(int line) {
        conditionals.pop();
        tokens.clear();
        open(OptionalLong.of(1));
        from.put(line, inclusion());
    }

    private void readDirective(CToken token, int lastLine) {
        Matcher parts = DIRECTIVE.matcher(token.text());
        String name = parts.matches() ? parts.group(1) : "";
        String rest = name.isEmpty() ? "" : parts.group(2);
        switch (name) {
            case "if" -> open(token, evaluate(rest));
            case "ifdef" -> open(token, evaluate("defined(" + rest + ")"));
            case "ifndef" -> open(token, evaluate("!defined(" + rest + ")"));
            case "elif" -> branch(token, evaluate(rest));
            case "elifdef" -> branch(token, evaluate("defined(" + rest + ")"));
            case "elifndef" -> branch(token, evaluate("!defined(" + rest + ")"));
            case "else" -> branch(token, OptionalLong.of(1));
            case "endif" -> close(token);
            case "define", "undef" -> {
                redefine(rest);
                keep(token);
                return;
            }
            default -> {
                keep(token);
                return;
            }
        }
        from.put(token.line(), conditionals.isEmpty() ? Inclusion.COMPILED : outer(name));
        from.put(lastLine + 1, inclusion());
    }

    private Inclusion outer(String name) {
        return name.equals("endif") ? inclusion() : conditionals.element().outer;
    }

    private OptionalLong evaluate(String condition) {
        return CCondition.evaluate(
                condition, symbol -> redefined.contains(symbol.name()) ? Optional.empty() : config.apply(symbol));
    }

    private void redefine(String macro) {
        Matcher option = OPTION.matcher(macro);
        if (option.lookingAt() && inclusion() != Inclusion.LEFT_OUT) {
            redefined.add(option.group(1));
        }
    }

    private void open(CToken token, OptionalLong condition) {
        if (condition.isEmpty()) {
            keep(token);
        }
        open(condition);
    }

    private void open(OptionalLong condition) {
        Conditional conditional = new Conditional(inclusion());
        conditional.branch(condition);
        conditionals.push(conditional);
    }

    private void branch(CToken token, OptionalLong condition) {
        Conditional conditional = conditionals.peek();
        if (conditional != null) {
            conditional.branch(condition);
            keepOf(conditional, token);
        }
    }

    private void close(CToken token) {
        Conditional conditional = conditionals.poll();
        if (conditional != null) {
            keepOf(conditional, token);
        }
    }

    private void keepOf(Conditional conditional, CToken token) {
        if (conditional.unknown && conditional.outer != Inclusion.LEFT_OUT) {
            tokens.add(token);
        }
    }
}
