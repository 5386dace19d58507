package org.tuxtape.kpatch.lint;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CToken;

/** Code that patches itself while it runs: static keys and calls, trace points, dynamic debug. */
final class TracingChecks implements Contents.Check {
    private static final Set<String> KEYS = Set.of(
            "static_branch_likely",
            "static_branch_unlikely",
            "static_branch_maybe",
            "static_key_false",
            "static_key_true");
    private static final Set<String> CALLS = Set.of("static_call", "static_call_cond", "static_call_mod");
    private static final Set<String> MESSAGES =
            Set.of("pr_debug", "dev_dbg", "netdev_dbg", "netif_dbg", "hid_dbg", "ibdev_dbg", "print_hex_dump_debug");
    private static final Set<String> EVENTS = Set.of("TRACE_EVENT", "DECLARE_EVENT_CLASS", "DEFINE_EVENT");
    private static final Set<String> NO_TRACE_POINT = Set.of("trace_printk", "trace_puts", "trace_seq_printf");

    @Override
    public void check(PatchedFile file, Findings findings) {
        Set<String> newKeys = Stream.concat(file.changed(CDefinition.Kind.DATA).stream(), file.statements().stream())
                .filter(ChangedPart::isNew)
                .filter(part -> part.after().stream().anyMatch(token -> isKeyDefinition(token.text())))
                .flatMap(part -> part.after().stream().map(CToken::text))
                .collect(Collectors.toSet());
        boolean quiet = file.option("DYNAMIC_DEBUG").equals(Optional.of(ConfigValue.NO));
        for (ChangedPart function : file.changed(CDefinition.Kind.FUNCTION)) {
            Set<String> words = function.after().stream().map(CToken::text).collect(Collectors.toSet());
            boolean mayBeInModule = !file.isInImageOnly();
            boolean hasNewKey = words.stream().anyMatch(word -> newKeys.contains(word) && word.length() > 1);
            if (KEYS.stream().anyMatch(words::contains) && (mayBeInModule || hasNewKey)) {
                findings.add(LintRule.STATIC_KEY, function, function.name() + " asks a static key.");
            }
            if (CALLS.stream().anyMatch(words::contains) && (mayBeInModule || hasNewKey)) {
                findings.add(LintRule.STATIC_CALL, function, function.name() + " makes a static call.");
            }
            if (mayBeInModule && words.stream().anyMatch(TracingChecks::isTracePoint)) {
                findings.add(LintRule.TRACEPOINT, function, function.name() + " has trace points.");
            }
            if (mayBeInModule && !quiet && MESSAGES.stream().anyMatch(words::contains)) {
                findings.add(LintRule.PR_DEBUG, function, function.name() + " has debug messages.");
            }
        }
        Stream.concat(file.changed(CDefinition.Kind.DATA).stream(), file.statements().stream())
                .filter(part -> EVENTS.stream().anyMatch(part.words()::contains))
                .findFirst()
                .ifPresent(part -> findings.add(
                        LintRule.TRACE_EVENT,
                        LintRule.TRACE_EVENT.verdict(),
                        part.line(),
                        Optional.empty(),
                        "The definition of a trace event differs."));
    }

    private static boolean isKeyDefinition(String word) {
        return word.startsWith("DEFINE_STATIC_KEY") || word.startsWith("DEFINE_STATIC_CALL");
    }

    private static boolean isTracePoint(String word) {
        return word.startsWith("trace_") && !word.endsWith("_enabled") && !NO_TRACE_POINT.contains(word);
    }
}
