package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CSource;
import org.tuxtape.core.source.CToken;
import org.tuxtape.core.source.CompiledCode;

/**
 * The definitions of a C text and the statements between them, with what the configuration leaves of each.
 *
 * @param parts the tokens of each
 * @param firstLines the line on which each begins
 */
record CodeParts(Map<Key, List<CToken>> parts, Map<Key, Integer> firstLines) {
    /**
     * Names a part. A statement is known by its text.
     *
     * @param kind what it is; empty for a statement
     * @param name its name, or the text of a statement
     * @param macro the macro that defines it, or empty
     * @param index how many of the same name stand above it
     */
    record Key(Optional<CDefinition.Kind> kind, String name, String macro, int index) {}

    static CodeParts of(String text, CompiledCode code) {
        CodeParts parts = new CodeParts(new LinkedHashMap<>(), new LinkedHashMap<>());
        List<CToken> tokens = code.tokens();
        Map<Key, Integer> counts = new HashMap<>();
        BitSet defined = new BitSet();
        for (CDefinition definition : CSource.parse(text).definitions()) {
            defined.set(definition.firstLine(), definition.lastLine() + 1);
            int from = firstAt(tokens, definition.firstLine());
            int to = firstAt(tokens, definition.lastLine() + 1);
            Key first = new Key(Optional.of(definition.kind()), definition.name(), definition.macro(), 0);
            parts.add(first, tokens.subList(from, to), counts);
        }
        parts.addStatements(
                tokens.stream().filter(token -> !defined.get(token.line())).toList(), counts);
        return parts;
    }

    /** Adds what stands between definitions; a semicolon within parentheses, as macros have it, ends nothing. */
    private void addStatements(List<CToken> tokens, Map<Key, Integer> counts) {
        List<CToken> statement = new ArrayList<>();
        int open = 0;
        for (CToken token : tokens) {
            statement.add(token);
            open += token.text().equals("(") ? 1 : 0;
            open -= token.text().equals(")") ? 1 : 0;
            if (token.isDirective() || (token.text().equals(";") && open <= 0)) {
                addStatement(statement, counts);
                statement = new ArrayList<>();
                open = 0;
            }
        }
        addStatement(statement, counts);
    }

    private static int firstAt(List<CToken> tokens, int line) {
        int low = 0;
        int high = tokens.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.get(middle).line() < line) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void addStatement(List<CToken> tokens, Map<Key, Integer> counts) {
        add(new Key(Optional.empty(), String.join(" ", ChangedPart.texts(tokens)), "", 0), tokens, counts);
    }

    /** Adds a part below as many of its name as there are. */
    private void add(Key first, List<CToken> tokens, Map<Key, Integer> counts) {
        if (tokens.isEmpty()) {
            return;
        }
        int above = counts.merge(first, 1, Integer::sum) - 1;
        Key key = new Key(first.kind(), first.name(), first.macro(), above);
        parts.put(key, tokens);
        firstLines.put(key, tokens.get(0).line());
    }

    /** Returns the tokens of a part, none if it is not there. */
    List<CToken> tokens(Key key) {
        return parts.getOrDefault(key, List.of());
    }

    /** Returns the statements that begin with one of some words. */
    List<List<CToken>> statements(String firstWord) {
        return parts.entrySet().stream()
                .filter(part -> part.getKey().kind().isEmpty())
                .map(Map.Entry::getValue)
                .filter(tokens -> tokens.get(0).text().startsWith(firstWord))
                .toList();
    }
}
