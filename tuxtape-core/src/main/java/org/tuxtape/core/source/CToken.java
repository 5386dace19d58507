package org.tuxtape.core.source;

import java.util.Objects;

/**
 * A token of a C source text: a word, a literal, a sign of one character, or a whole line of the preprocessor.
 *
 * @param text the token; of a line of the preprocessor its own tokens with a space between, so that two that differ in
 *     white space and comments only are equal
 * @param line the line on which it begins, from 1
 * @since 0.1
 */
public record CToken(String text, int line) {

    /** Rejects a line that is none. */
    public CToken {
        Objects.requireNonNull(text, "text");
        if (line < 1) {
            throw new IllegalArgumentException("Lines are counted from 1.");
        }
    }

    /**
     * Tells whether this is a line of the preprocessor.
     *
     * @return whether it begins with {@code #}
     */
    public boolean isDirective() {
        return text.startsWith("#") && text.length() > 1;
    }

    /** Returns the tokens of a line of the preprocessor with one space before each. */
    static String spaced(String directive) {
        CLexer lexer = new CLexer(directive.substring(1));
        StringBuilder text = new StringBuilder("#");
        while (lexer.next() != CLexer.Token.END) {
            text.append(' ').append(lexer.token());
        }
        return text.toString();
    }
}
