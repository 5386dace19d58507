package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.source.CToken;

/** Macros at file scope that put something into a table of the kernel or a module. */
final class DeclarationChecks implements Contents.Check {
    /** What the first word of a statement says, by its beginning. */
    private static final Map<String, LintRule> MACROS = Map.of(
            "EXPORT_SYMBOL", LintRule.EXPORT,
            "module_param", LintRule.MODULE_PARAM,
            "core_param", LintRule.MODULE_PARAM,
            "module_init", LintRule.INIT_CODE,
            "module_exit", LintRule.INIT_CODE,
            "early_param", LintRule.INIT_CODE,
            "__setup", LintRule.INIT_CODE);

    @Override
    public void check(PatchedFile file, Findings findings) {
        for (ChangedPart statement : file.statements()) {
            List<CToken> tokens = statement.isGone() ? statement.before() : statement.after();
            rule(tokens.get(0).text())
                    .ifPresent(rule -> findings.add(
                            rule,
                            rule.verdict(),
                            statement.line(),
                            argument(tokens),
                            tokens.get(0).text() + (statement.isGone() ? " is gone." : " is new.")));
        }
    }

    private static Optional<LintRule> rule(String word) {
        if (word.endsWith("_initcall") || word.endsWith("_initcall_sync")) {
            return Optional.of(LintRule.INIT_CODE);
        }
        return MACROS.entrySet().stream()
                .filter(macro -> word.startsWith(macro.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<String> argument(List<CToken> tokens) {
        return tokens.size() > 2 ? Optional.of(tokens.get(2).text()) : Optional.empty();
    }
}
