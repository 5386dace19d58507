package org.tuxtape.core.source;

/** Cuts C into tokens and leaves comments out. A directive of the preprocessor is one token, with all its lines. */
final class CLexer {

    /** What a token is. */
    enum Token {
        /** A name or keyword. */
        WORD,
        /** One character of any other kind. */
        SIGN,
        /** A string, a character or a number. */
        LITERAL,
        /** A line that begins with {@code #}. */
        DIRECTIVE,
        /** There is none. */
        END
    }

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    private boolean lineBegun;
    private int tokenStart;
    private int tokenLine;

    CLexer(String text) {
        this.text = text;
    }

    Token next() {
        skipBlanks();
        tokenStart = at;
        tokenLine = line;
        if (at >= text.length()) {
            return Token.END;
        }
        char c = text.charAt(at);
        if (c == '#' && !lineBegun) {
            skipDirective();
            return Token.DIRECTIVE;
        }
        lineBegun = true;
        if (c == '"' || c == '\'') {
            skipQuoted(c);
            return Token.LITERAL;
        }
        if (!isWord(c)) {
            at++;
            return Token.SIGN;
        }
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return c >= '0' && c <= '9' ? Token.LITERAL : Token.WORD;
    }

    /** Returns the last token's text. */
    String token() {
        return text.substring(tokenStart, at);
    }

    char sign() {
        return text.charAt(tokenStart);
    }

    /** Returns the line on which the last token begins. */
    int firstLine() {
        return tokenLine;
    }

    /** Returns the line on which the last token ends. */
    int lastLine() {
        return line;
    }

    boolean isInFirstColumn() {
        return tokenStart == lineStart;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                endLine();
            } else if (c == '/' && isAt(1, '*')) {
                skipComment();
            } else if (c == '/' && isAt(1, '/')) {
                skipRestOfLine();
            } else if (c == '\\' || c <= ' ') {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean isAt(int offset, char c) {
        return at + offset < text.length() && text.charAt(at + offset) == c;
    }

    private void endLine() {
        at++;
        line++;
        lineStart = at;
        lineBegun = false;
    }

    private void skipComment() {
        int end = text.indexOf("*/", at + 2);
        end = end < 0 ? text.length() : end + 2;
        while (at < end) {
            if (text.charAt(at) == '\n') {
                endLine();
            } else {
                at++;
            }
        }
    }

    private void skipRestOfLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            skipSplice();
            at++;
        }
        at = Math.min(at, text.length());
    }

    /** Goes to the end of a line that a backslash continues, so that the next character is the next line's. */
    private void skipSplice() {
        if (text.charAt(at) != '\\') {
            return;
        }
        int feed = isAt(1, '\r') ? at + 2 : at + 1;
        if (feed < text.length() && text.charAt(feed) == '\n') {
            at = feed;
            line++;
            lineStart = at + 1;
        }
    }

    /** A literal ends at its quote, or at the end of a line: then it was none. */
    private void skipQuoted(char quote) {
        at++;
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at);
            if (c == '\\') {
                int before = at;
                skipSplice();
                at += at == before && !isAt(1, '\n') ? 2 : 1;
                continue;
            }
            at++;
            if (c == quote) {
                break;
            }
        }
        at = Math.min(at, text.length());
    }

    private void skipDirective() {
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at);
            if (c == '/' && isAt(1, '*')) {
                skipComment();
            } else if (c == '/' && isAt(1, '/')) {
                skipRestOfLine();
            } else if (c == '"' || c == '\'') {
                skipQuoted(c);
            } else {
                skipSplice();
                at++;
            }
        }
        at = Math.min(at, text.length());
    }
}
