package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CToken;

/** Variables and types whose running instances stay as they are. */
final class DataChecks implements Contents.Check {
    private static final Set<String> INIT = Set.of("__initdata", "__initconst", "__exitdata", "__initdata_or_module");
    private static final Set<String> SECTIONS = Set.of("__ro_after_init", "__section", "__percpu_section");

    @Override
    public void check(PatchedFile file, Findings findings) {
        for (ChangedPart data : file.changed(CDefinition.Kind.DATA)) {
            if (INIT.stream().anyMatch(data.words()::contains)) {
                findings.add(LintRule.INIT_CODE, data, data.name() + " is gone after boot.");
            } else if (!data.isNew() && !data.isGone()) {
                findings.add(LintRule.STATIC_DATA, data, data.name() + " has another value.");
            } else if (data.isNew() && isInSection(data)) {
                findings.add(LintRule.SECTION, data, data.name() + " is new, and lies in a section of its own.");
            }
        }
        checkDeclarations(file, findings);
        for (ChangedPart type : file.changed(CDefinition.Kind.TYPE)) {
            if (!type.isNew() && !type.isGone()) {
                checkType(type, findings);
            }
        }
    }

    private static boolean isInSection(ChangedPart data) {
        return data.macro().contains("PER_CPU") || SECTIONS.stream().anyMatch(data.words()::contains);
    }

    /** Variables without a value are no definitions, but statements: one that is gone and has come back has changed. */
    private static void checkDeclarations(PatchedFile file, Findings findings) {
        List<ChangedPart> gone = file.statements().stream()
                .filter(part -> part.isGone() && isVariable(part.before()))
                .toList();
        for (ChangedPart present : file.statements()) {
            if (present.isGone() || !isVariable(present.after())) {
                continue;
            }
            String name = variable(present.after());
            if (gone.stream().anyMatch(part -> variable(part.before()).equals(name))) {
                findings.add(
                        LintRule.STATIC_DATA,
                        LintRule.STATIC_DATA.verdict(),
                        present.line(),
                        Optional.of(name),
                        name + " has another type or size.");
            }
        }
    }

    private static boolean isVariable(List<CToken> tokens) {
        List<String> texts = ChangedPart.texts(tokens);
        return texts.size() > 2
                && texts.get(texts.size() - 1).equals(";")
                && !texts.contains("(")
                && !texts.contains("extern")
                && !texts.contains("typedef")
                && !variable(tokens).isEmpty();
    }

    private static String variable(List<CToken> tokens) {
        List<String> head = ChangedPart.texts(tokens).stream()
                .takeWhile(text -> !text.equals("[") && !text.equals(";") && !text.equals(","))
                .toList();
        // A tag alone, as in a forward declaration, names no variable.
        return head.size() < 2 || (head.size() == 2 && head.get(0).equals("struct")) ? "" : head.get(head.size() - 1);
    }

    private static void checkType(ChangedPart type, Findings findings) {
        Set<String> words = type.before().stream().limit(3).map(CToken::text).collect(Collectors.toSet());
        if (!words.contains("enum")) {
            findings.add(LintRule.STRUCT_LAYOUT, type, "Its members are not the same.");
        } else if (!isAppended(ChangedPart.texts(type.before()), ChangedPart.texts(type.after()))) {
            findings.add(LintRule.ENUM_VALUES, type, "Values do not stay what they are.");
        }
    }

    /** Tells whether an enumeration only gets new values at its end, where a comma may have to follow the last one. */
    private static boolean isAppended(List<String> before, List<String> after) {
        int end = before.lastIndexOf("}");
        int kept = end > 0 && before.get(end - 1).equals(",") ? end - 1 : end;
        return kept > 0
                && after.size() > kept
                && after.subList(0, kept).equals(before.subList(0, kept))
                && after.get(kept).equals(",");
    }
}
