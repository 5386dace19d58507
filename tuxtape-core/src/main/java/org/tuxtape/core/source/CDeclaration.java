package org.tuxtape.core.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.source.CDefinition.Kind;

/** The declaration at file scope that is being read: as much of it as tells what it defines. */
final class CDeclaration implements Cloneable {
    /** Words that say something about what is declared, but are neither its type nor its name. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "static",
            "extern",
            "inline",
            "__inline",
            "__inline__",
            "__always_inline",
            "noinline",
            "const",
            "volatile",
            "register",
            "asmlinkage",
            "notrace",
            "typedef",
            "__attribute__",
            "__attribute",
            "__printf",
            "__scanf",
            "__aligned",
            "__section",
            "__acquires",
            "__releases",
            "__must_hold",
            "__cond_acquires",
            "__cond_lock",
            "__alloc_size",
            "__realloc_size",
            "__assume_aligned",
            "__nonnull",
            "__alias",
            "__counted_by",
            "__cleanup",
            "__typeof__",
            "typeof",
            "_Alignas",
            "__acquires_shared",
            "__releases_shared",
            "__must_hold_shared",
            "__diagnose_as",
            "__no_sanitize",
            "__target",
            "__error",
            "__warning",
            "__malloc",
            "__init",
            "__exit",
            "__initdata",
            "__initconst",
            "__read_mostly",
            "__ro_after_init",
            "__maybe_unused",
            "__always_unused",
            "__used",
            "__packed",
            "__weak",
            "__visible",
            "__percpu",
            "__user",
            "__iomem",
            "__rcu",
            "__force",
            "__must_check",
            "__cold",
            "__pure",
            "__refdata",
            "__cacheline_aligned",
            "__cacheline_aligned_in_smp",
            "____cacheline_aligned",
            "____cacheline_aligned_in_smp",
            "__ref",
            "__meminit",
            "__cpuinit",
            "__bpf_kfunc",
            "__randomize_layout",
            "randomized_struct_fields_start",
            "__no_kcsan",
            "__noreturn",
            "__latent_entropy",
            "__deprecated");

    private static final Set<String> TAGS = Set.of("struct", "union", "enum");
    /** Words that say that this is no declaration: a function seemed to end too early. */
    private static final Set<String> STATEMENTS = Set.of("if", "for", "while", "switch", "do", "return");

    private static final Set<String> BASIC_TYPES =
            Set.of("unsigned", "signed", "char", "short", "int", "long", "void", "bool", "float", "double");

    /** Beginnings of the macros that define a variable with its initial value. */
    private static final List<String> DATA_MACROS = List.of("DEFINE_", "LIST_HEAD", "HLIST_HEAD", "DECLARE_WORK");

    private int depth;
    private int parens;
    private int firstLine;
    private int callLine;
    private int types;
    private @Nullable Kind block;
    private boolean isTypedef;
    private boolean isTagged;
    private boolean isTagDue;
    private boolean isAssigned;
    private boolean hasMembers;
    private boolean isInCall;
    private boolean isOver;
    private String pending = "";
    private String tag = "";
    private String name = "";
    private String arrayName = "";
    private String dataName = "";
    private CCall call = CCall.NONE;

    CDeclaration copy() {
        try {
            return (CDeclaration) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells whether the next token begins another declaration. */
    boolean isOver() {
        return isOver;
    }

    /** Tells whether a word on this line begins another declaration: macros may stand alone without a semicolon. */
    boolean endsBefore(int line) {
        return depth == 0 && parens == 0 && call.isMacro() && pending.isEmpty() && !isAssigned && line > callLine;
    }

    void literal() {
        if (depth == 0 && parens == 0) {
            settle();
        }
    }

    void word(String word, int line) {
        if (depth > 0) {
            return;
        }
        if (parens > 0) {
            call = isInCall ? call.with(word) : call;
            return;
        }
        begin(line);
        settle();
        if (TAGS.contains(word)) {
            isTagged = true;
            isTagDue = true;
        } else if (isTagDue && !ATTRIBUTES.contains(word)) {
            tag = word;
            isTagDue = false;
            types++;
        } else {
            isTypedef |= word.equals("typedef");
            pending = word;
        }
    }

    List<CDefinition> sign(char sign, int line, boolean firstColumn) {
        if (depth > 0) {
            return inBlock(sign, line, firstColumn);
        }
        // Parentheses that never close would take the rest of the file with them.
        if (parens > 0 && firstColumn && (sign == '{' || sign == '}')) {
            parens = 0;
        }
        if (parens > 0) {
            inParens(sign, line);
            return List.of();
        }
        begin(line);
        return atTop(sign, line);
    }

    private void begin(int line) {
        firstLine = firstLine == 0 ? line : firstLine;
    }

    private List<CDefinition> inBlock(char sign, int line, boolean firstColumn) {
        if (sign == '{') {
            depth++;
        } else if (sign == '}') {
            // A function that the preprocessor left without a brace ends where functions end.
            depth = firstColumn && block == Kind.FUNCTION ? 0 : depth - 1;
            if (depth == 0) {
                return endBlock(line);
            }
        }
        return List.of();
    }

    private void inParens(char sign, int line) {
        switch (sign) {
            case '(', '[' -> parens++;
            case ')', ']' -> {
                parens--;
                isInCall &= parens > 0;
                callLine = line;
            }
            case '*' -> call = isInCall ? call.withStar() : call;
            default -> {}
        }
    }

    private List<CDefinition> atTop(char sign, int line) {
        switch (sign) {
            case '(' -> open();
            case '[' -> {
                arrayName = arrayName.isEmpty() ? pending : arrayName;
                settle();
                parens = 1;
            }
            case '=' -> {
                settle();
                dataName = isAssigned ? dataName : nameOfData();
                isAssigned = true;
            }
            case '{' -> {
                settle();
                depth = 1;
                block = kindOfBlock();
            }
            case '}' -> isOver = true;
            case ';' -> {
                settle();
                isOver = true;
                return end(line);
            }
            default -> settle();
        }
        return List.of();
    }

    /** Takes the last word for what it is if no parenthesis follows it: a type, a name or an attribute. */
    private void settle() {
        if (!pending.isEmpty() && !ATTRIBUTES.contains(pending) && !(pending.startsWith("__") && types > 1)) {
            types = BASIC_TYPES.contains(pending) ? Math.max(types, 1) : types + 1;
            name = pending;
        }
        pending = "";
    }

    private void open() {
        boolean another = call.word().isEmpty() || call.isMacro() || !pending.startsWith("__");
        if (!pending.isEmpty() && !ATTRIBUTES.contains(pending) && another && !isAssigned) {
            call = CCall.of(pending, types == 0);
            isInCall = true;
        }
        pending = "";
        parens = 1;
    }

    private @Nullable Kind kindOfBlock() {
        if (isAssigned) {
            return Kind.DATA;
        }
        if (!call.word().isEmpty()) {
            return STATEMENTS.contains(call.word()) ? null : Kind.FUNCTION;
        }
        return isTagged ? Kind.TYPE : null;
    }

    private List<CDefinition> endBlock(int line) {
        if (block == Kind.FUNCTION) {
            isOver = true;
            return List.of(definition(Kind.FUNCTION, call.name(), call.macro(), line));
        }
        isOver = block == null;
        if (block == Kind.TYPE) {
            hasMembers = true;
            name = "";
        }
        return List.of();
    }

    private List<CDefinition> end(int line) {
        List<CDefinition> definitions = new ArrayList<>();
        boolean isCall = !call.word().isEmpty();
        if (hasMembers || isTypedef) {
            String typedef = isCall ? call.name() : name;
            definitions.add(definition(Kind.TYPE, tag.isEmpty() || !hasMembers ? typedef : tag, "", line));
        }
        if (isAssigned) {
            definitions.add(definition(Kind.DATA, dataName, call.macro(), line));
        } else if (isCall && call.isMacro() && DATA_MACROS.stream().anyMatch(call.word()::startsWith)) {
            definitions.add(definition(Kind.DATA, call.name(), call.macro(), line));
        }
        return definitions;
    }

    private String nameOfData() {
        if (!arrayName.isEmpty()) {
            return arrayName;
        }
        return call.pointer() || !call.macro().isEmpty() ? call.name() : name;
    }

    private CDefinition definition(Kind kind, String named, String macro, int line) {
        return new CDefinition(kind, named, macro, firstLine, line);
    }
}
