package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.BitSet;
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
        BitSet defined = new BitSet();
        for (CDefinition definition : CSource.parse(text).definitions()) {
            defined.set(definition.firstLine(), definition.lastLine() + 1);
            int from = firstAt(tokens, definition.firstLine());
            int to = firstAt(tokens, definition.lastLine() + 1);
            parts.add(Optional.of(definition.kind()), definition.name(), definition.macro(), tokens.subList(from, to));
        }
        parts.addStatements(
                tokens.stream().filter(token -> !defined.get(token.line())).toList());
        return parts;
    }

    /** Adds what stands between definitions; a semicolon within parentheses, as macros have it, ends nothing. */
    private void addStatements(List<CToken> tokens) {
        List<CToken> statement = new ArrayList<>();
        int open = 0;
        for (CToken token : tokens) {
            statement.add(token);
            open += token.text().equals("(") ? 1 : 0;
            open -= token.text().equals(")") ? 1 : 0;
            if (token.isDirective() || (token.text().equals(";") && open <= 0)) {
                addStatement(statement);
                statement = new ArrayList<>();
                open = 0;
            }
        }
        addStatement(statement);
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

    private void addStatement(List<CToken> tokens) {
        add(Optional.empty(), String.join(" ", ChangedPart.texts(tokens)), "", tokens);
    }

    private void add(Optional<CDefinition.Kind> kind, String name, String macro, List<CToken> tokens) {
        if (tokens.isEmpty()) {
            return;
        }
        Key key = new Key(kind, name, macro, 0);
        while (parts.containsKey(key)) {
            key = new Key(kind, name, macro, key.index() + 1);
        }
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
