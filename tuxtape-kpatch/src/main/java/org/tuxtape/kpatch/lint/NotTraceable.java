package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Set;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.kpatch.source.SourceView;

/** Functions without the call by which ftrace takes over: by an attribute, or since their directory is compiled so. */
final class NotTraceable {
    private static final Set<String> ATTRIBUTES = Set.of(
            "notrace", "noinstr", "noinstr_", "__noinstr_section", "__no_instrument_function__", "__no_kprobe_entry");

    private NotTraceable() {}

    static void check(PatchedFile file, SourceView tree, Findings findings) {
        // A function that is new is called by others, and need not be redirected.
        List<ChangedPart> functions = file.changed(CDefinition.Kind.FUNCTION).stream()
                .filter(function -> !function.isNew() && !function.isGone())
                .toList();
        boolean isWithoutHooks = !file.path().isHeader()
                && !functions.isEmpty()
                && Makefile.beside(file.path(), tree).isWithoutHooks(file.path());
        for (ChangedPart function : functions) {
            if (isWithoutHooks) {
                findings.add(
                        LintRule.NOT_TRACEABLE, function, file.path() + " is compiled without the hooks of ftrace.");
            } else if (ATTRIBUTES.stream().anyMatch(function.signatureWords()::contains)) {
                findings.add(LintRule.NOT_TRACEABLE, function, function.name() + " is marked as not to be traced.");
            }
        }
    }
}
