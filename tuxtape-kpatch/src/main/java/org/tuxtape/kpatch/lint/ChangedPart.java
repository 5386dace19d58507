package org.tuxtape.kpatch.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CToken;

/**
 * A definition, or a statement at file scope, that is not the same after the fix.
 *
 * @param kind what it is; empty for a statement
 * @param name its name, possibly empty
 * @param macro the macro that defines it, or empty
 * @param before its tokens before; empty if it is new
 * @param after its tokens after; empty if it is gone
 */
record ChangedPart(
        Optional<CDefinition.Kind> kind, String name, String macro, List<CToken> before, List<CToken> after) {

    boolean is(CDefinition.Kind wanted) {
        return kind.equals(Optional.of(wanted));
    }

    boolean isNew() {
        return before.isEmpty();
    }

    boolean isGone() {
        return after.isEmpty();
    }

    /** Returns the first line after the fix that differs. */
    OptionalInt line() {
        for (int i = 0; i < after.size(); i++) {
            if (i >= before.size() || !before.get(i).text().equals(after.get(i).text())) {
                return OptionalInt.of(after.get(i).line());
            }
        }
        return after.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(after.get(after.size() - 1).line());
    }

    /** Returns what stands before the body: attributes, result, name, parameters. */
    static List<String> signature(List<CToken> tokens) {
        return texts(tokens).stream().takeWhile(text -> !text.equals("{")).toList();
    }

    static List<String> texts(List<CToken> tokens) {
        return tokens.stream().map(CToken::text).toList();
    }

    /** Returns every token of both versions. */
    Set<String> words() {
        Set<String> words = new HashSet<>(texts(before));
        words.addAll(texts(after));
        return words;
    }

    /** Returns every token of the signatures of both versions. */
    Set<String> signatureWords() {
        Set<String> words = new HashSet<>(signature(before));
        words.addAll(signature(after));
        return words;
    }
}
