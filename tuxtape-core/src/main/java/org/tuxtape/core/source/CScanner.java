package org.tuxtape.core.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.source.CDefinition.Kind;
import org.tuxtape.core.source.CLexer.Token;

/** Reads a file token by token: declarations, and what the preprocessor makes of them. */
final class CScanner {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*(\\w+)(?:[ \t]+(\\w+))?");
    private static final Pattern NEVER = Pattern.compile("#\\s*if[ \t]+0\\s*(?:/[/*].*)?", Pattern.DOTALL);

    private final CLexer lexer;
    private final List<CDefinition> definitions = new ArrayList<>();
    private final Deque<Conditional> conditionals = new ArrayDeque<>();
    private CDeclaration declaration = new CDeclaration();

    /** A conditional that is open. Each branch goes on from its beginning, and the text below from its first branch. */
    private static final class Conditional {
        private final CDeclaration begin;
        private final boolean withinDead;
        private @Nullable CDeclaration end;
        private boolean dead;

        Conditional(CDeclaration begin, boolean withinDead, boolean never) {
            this.begin = begin;
            this.withinDead = withinDead;
            this.dead = withinDead || never;
        }
    }

    CScanner(String text) {
        lexer = new CLexer(text);
    }

    List<CDefinition> scan() {
        for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
            if (token == Token.DIRECTIVE) {
                readDirective(lexer.token());
            } else if (!isDead()) {
                read(token);
            }
        }
        return definitions;
    }

    private void read(Token token) {
        int line = lexer.firstLine();
        if (declaration.isOver() || (token == Token.WORD && declaration.endsBefore(line))) {
            declaration = new CDeclaration();
        }
        switch (token) {
            case WORD -> declaration.word(lexer.token(), line);
            case SIGN ->
                declaration.sign(lexer.sign(), line, lexer.isInFirstColumn()).forEach(this::add);
            default -> declaration.literal();
        }
    }

    private boolean isDead() {
        return !conditionals.isEmpty() && conditionals.peek().dead;
    }

    /** Adds a definition; one that each branch of a conditional ends anew goes as far as the last of them. */
    private void add(CDefinition definition) {
        int last = definitions.size() - 1;
        if (last >= 0
                && definitions.get(last).firstLine() == definition.firstLine()
                && definitions.get(last).kind() == definition.kind()
                && definitions.get(last).name().equals(definition.name())) {
            definitions.remove(last);
        }
        definitions.add(definition);
    }

    private void readDirective(String text) {
        Matcher directive = DIRECTIVE.matcher(text);
        String name = directive.lookingAt() ? directive.group(1) : "";
        switch (name) {
            case "if", "ifdef", "ifndef" ->
                conditionals.push(new Conditional(
                        declaration.copy(), isDead(), NEVER.matcher(text).matches()));
            case "else", "elif", "elifdef", "elifndef" -> readBranch();
            case "endif" -> readEnd();
            case "define" -> {
                if (!isDead() && directive.group(2) != null) {
                    add(new CDefinition(Kind.MACRO, directive.group(2), "", lexer.firstLine(), lexer.lastLine()));
                }
            }
            default -> {}
        }
    }

    private void readBranch() {
        Conditional conditional = conditionals.peek();
        if (conditional != null) {
            if (!conditional.dead && conditional.end == null) {
                conditional.end = declaration;
            }
            conditional.dead = conditional.withinDead;
            declaration = conditional.begin.copy();
        }
    }

    private void readEnd() {
        Conditional conditional = conditionals.poll();
        if (conditional != null && conditional.end != null) {
            declaration = conditional.end;
        }
    }
}
