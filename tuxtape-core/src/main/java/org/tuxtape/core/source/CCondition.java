package org.tuxtape.core.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;

/** A condition of the preprocessor. Values are numbers as in C; an empty one is unknown, and so is all that is not read. */
final class CCondition {
    private static final OptionalLong UNKNOWN = OptionalLong.empty();
    private static final OptionalLong TRUE = OptionalLong.of(1);
    private static final OptionalLong FALSE = OptionalLong.of(0);
    private static final int DEEPEST = 100;
    private static final String CONFIG = "CONFIG_";
    private static final String MODULE = "_MODULE";

    /** What is known of a kernel's C code whatever its configuration. */
    private static final Map<String, Boolean> DEFINED = Map.of(
            "__KERNEL__", true,
            "__ASSEMBLY__", false,
            "__ASSEMBLER__", false,
            "__cplusplus", false,
            "__GENKSYMS__", false,
            "__CHECKER__", false);

    private static final Set<String> CONFIG_MACROS = Set.of("IS_ENABLED", "IS_BUILTIN", "IS_MODULE", "IS_REACHABLE");

    /** In an order in which no sign hides a longer one. */
    private static final List<Map.Entry<String, LongBinaryOperator>> COMPARISONS = List.of(
            Map.entry("==", (a, b) -> a == b ? 1 : 0),
            Map.entry("!=", (a, b) -> a != b ? 1 : 0),
            Map.entry("<=", (a, b) -> a <= b ? 1 : 0),
            Map.entry(">=", (a, b) -> a >= b ? 1 : 0),
            Map.entry("<", (a, b) -> a < b ? 1 : 0),
            Map.entry(">", (a, b) -> a > b ? 1 : 0));

    private final Function<ConfigSymbol, Optional<ConfigValue>> config;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private int depth;
    private boolean unread;

    private CCondition(String text, Function<ConfigSymbol, Optional<ConfigValue>> config) {
        this.config = config;
        CLexer lexer = new CLexer(text);
        while (lexer.next() != CLexer.Token.END) {
            tokens.add(lexer.token());
        }
    }

    static OptionalLong evaluate(String text, Function<ConfigSymbol, Optional<ConfigValue>> config) {
        CCondition condition = new CCondition(text, config);
        OptionalLong value = condition.disjunction();
        return condition.unread || condition.at < condition.tokens.size() ? UNKNOWN : value;
    }

    static boolean is(OptionalLong value, boolean truth) {
        return value.isPresent() && (value.getAsLong() != 0) == truth;
    }

    static OptionalLong or(OptionalLong a, OptionalLong b) {
        if (is(a, true) || is(b, true)) {
            return TRUE;
        }
        return a.isEmpty() || b.isEmpty() ? UNKNOWN : FALSE;
    }

    private static OptionalLong and(OptionalLong a, OptionalLong b) {
        return not(or(not(a), not(b)));
    }

    private static OptionalLong not(OptionalLong value) {
        return value.isEmpty() ? UNKNOWN : truth(value.getAsLong() == 0);
    }

    private static OptionalLong truth(boolean value) {
        return value ? TRUE : FALSE;
    }

    private boolean take(String sign) {
        for (int i = 0; i < sign.length(); i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).equals(sign.substring(i, i + 1))) {
                return false;
            }
        }
        at += sign.length();
        return true;
    }

    private OptionalLong disjunction() {
        OptionalLong value = conjunction();
        while (take("||")) {
            value = or(value, conjunction());
        }
        return value;
    }

    private OptionalLong conjunction() {
        OptionalLong value = comparison();
        while (take("&&")) {
            value = and(value, comparison());
        }
        return value;
    }

    private OptionalLong comparison() {
        OptionalLong value = operand();
        for (Map.Entry<String, LongBinaryOperator> comparison : COMPARISONS) {
            if (take(comparison.getKey())) {
                OptionalLong other = operand();
                return value.isEmpty() || other.isEmpty()
                        ? UNKNOWN
                        : OptionalLong.of(comparison.getValue().applyAsLong(value.getAsLong(), other.getAsLong()));
            }
        }
        return value;
    }

    private OptionalLong operand() {
        boolean negated = false;
        boolean denied = false;
        while (take("!")) {
            denied = true;
            negated = !negated;
        }
        OptionalLong value = atom();
        if (!denied) {
            return value;
        }
        return negated ? not(value) : not(not(value));
    }

    private OptionalLong atom() {
        if (depth > DEEPEST || at >= tokens.size()) {
            unread = true;
            return UNKNOWN;
        }
        if (take("(")) {
            depth++;
            OptionalLong value = disjunction();
            depth--;
            unread |= !take(")");
            return value;
        }
        String token = tokens.get(at++);
        if (token.equals("defined")) {
            return defined(argument());
        }
        if (CONFIG_MACROS.contains(token)) {
            return enabled(token, argument());
        }
        if (Character.isDigit(token.charAt(0))) {
            return number(token);
        }
        skipArguments();
        return value(token);
    }

    /** Reads {@code (X)}, or {@code X} as {@code defined} has it too. */
    private String argument() {
        boolean parenthesis = take("(");
        String argument = at < tokens.size() ? tokens.get(at++) : "";
        unread |= parenthesis && !take(")");
        return argument;
    }

    private void skipArguments() {
        if (take("(")) {
            for (int open = 1; open > 0 && at < tokens.size(); at++) {
                open += tokens.get(at).equals("(") ? 1 : 0;
                open -= tokens.get(at).equals(")") ? 1 : 0;
            }
        }
    }

    private Optional<ConfigValue> option(String name) {
        String symbol = name.substring(Math.min(CONFIG.length(), name.length()));
        return name.startsWith(CONFIG) && symbol.matches("[A-Za-z0-9_]{1,128}")
                ? config.apply(new ConfigSymbol(symbol))
                : Optional.empty();
    }

    private OptionalLong defined(String name) {
        Boolean known = DEFINED.get(name);
        if (known != null) {
            return truth(known);
        }
        Optional<ConfigValue> value = option(name);
        if (value.filter(ConfigValue::isEnabled).isEmpty() && name.endsWith(MODULE)) {
            return option(name.substring(0, name.length() - MODULE.length()))
                    .map(base -> truth(base.equals(ConfigValue.MODULE)))
                    .orElse(UNKNOWN);
        }
        return value.map(text -> truth(!text.equals(ConfigValue.NO) && !text.equals(ConfigValue.MODULE)))
                .orElse(UNKNOWN);
    }

    private OptionalLong enabled(String macro, String name) {
        Optional<ConfigValue> value = option(name);
        if (value.isEmpty()) {
            return UNKNOWN;
        }
        boolean module = value.get().equals(ConfigValue.MODULE);
        boolean builtIn = value.get().equals(ConfigValue.YES);
        return switch (macro) {
            case "IS_ENABLED" -> truth(module || builtIn);
            case "IS_MODULE" -> truth(module);
            case "IS_REACHABLE" -> module ? UNKNOWN : truth(builtIn);
            default -> truth(builtIn);
        };
    }

    /** Returns what a name stands for where a number is wanted. */
    private OptionalLong value(String name) {
        Optional<ConfigValue> value = option(name);
        if (value.isEmpty()) {
            return is(defined(name), false) && DEFINED.containsKey(name) ? FALSE : UNKNOWN;
        }
        return switch (value.get().text()) {
            case "y" -> TRUE;
            case "n", "m" -> FALSE;
            default -> number(value.get().text());
        };
    }

    private static OptionalLong number(String text) {
        String digits = text.replaceAll("[uUlL]+$", "");
        try {
            return OptionalLong.of(Long.decode(digits));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
