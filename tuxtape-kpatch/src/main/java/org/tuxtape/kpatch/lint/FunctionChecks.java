package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CToken;

/** Functions that cannot be replaced as they are: by their attributes, their static variables, their callers. */
final class FunctionChecks implements Contents.Check {
    private static final Set<String> INIT = Set.of("__init", "__exit", "__init_or_module");

    /** Attributes that mean initial code only without an option: with it they mean nothing. */
    private static final Map<String, String> INIT_WITHOUT = Map.of(
            "__net_init",
            "NET_NS",
            "__net_exit",
            "NET_NS",
            "__meminit",
            "MEMORY_HOTPLUG",
            "__memexit",
            "MEMORY_HOTPLUG");

    private static final Set<String> SECTIONS = Set.of(
            "__section",
            "__ref",
            "__sched",
            "__kprobes",
            "__lockfunc",
            "__irq_entry",
            "__softirq_entry",
            "__cpuidle",
            "__entry_text",
            "asmlinkage_entry");

    @Override
    public void check(PatchedFile file, Findings findings) {
        Set<String> exported = Stream.of(file.before(), file.after())
                .flatMap(parts -> parts.statements("EXPORT_SYMBOL").stream())
                .flatMap(statement -> statement.stream().map(CToken::text))
                .collect(Collectors.toSet());
        for (ChangedPart function : file.changed(CDefinition.Kind.FUNCTION)) {
            Set<String> attributes = function.signatureWords();
            if (isInit(attributes, file)) {
                findings.add(LintRule.INIT_CODE, function, function.name() + " runs at boot or load only.");
            } else if (SECTIONS.stream().anyMatch(attributes::contains)) {
                findings.add(LintRule.SECTION, function, function.name() + " lies in a section of its own.");
            }
            checkStaticLocals(function, findings);
            if (exported.contains(function.name()) && hasOtherSignature(function)) {
                findings.add(LintRule.EXPORTED_SIGNATURE, function, function.name() + " is called in another way.");
            }
        }
    }

    /** Tells whether nothing changes but functions that are certain to be gone, or not to be hooked. */
    static boolean changesOnlyInit(PatchedFile file) {
        return file.changesOnly(function -> {
            Set<String> attributes = function.signatureWords();
            return attributes.contains("__init")
                    || attributes.contains("__exit")
                    || INIT_WITHOUT.entrySet().stream()
                            .anyMatch(attribute -> attributes.contains(attribute.getKey())
                                    && file.option(attribute.getValue()).equals(Optional.of(ConfigValue.NO)));
        });
    }

    static boolean isInit(Set<String> attributes, PatchedFile file) {
        return INIT.stream().anyMatch(attributes::contains)
                || INIT_WITHOUT.entrySet().stream()
                        .anyMatch(attribute -> attributes.contains(attribute.getKey())
                                && file.option(attribute.getValue())
                                        .filter(ConfigValue::isEnabled)
                                        .isEmpty());
    }

    private static boolean hasOtherSignature(ChangedPart function) {
        return !function.isNew()
                && !function.isGone()
                && !ChangedPart.signature(function.before()).equals(ChangedPart.signature(function.after()));
    }

    private static void checkStaticLocals(ChangedPart function, Findings findings) {
        List<String> gone = new ArrayList<>(staticLocals(function.before()));
        staticLocals(function.after()).forEach(gone::remove);
        if (!function.isGone() && !gone.isEmpty()) {
            findings.add(LintRule.STATIC_LOCAL, function, "'" + gone.get(0) + "' is not there any more.");
        }
    }

    /** Returns the declarations of static variables in a body. */
    private static List<String> staticLocals(List<CToken> tokens) {
        List<String> texts = ChangedPart.texts(tokens);
        List<String> locals = new ArrayList<>();
        for (int i = ChangedPart.signature(tokens).size(); i < texts.size(); i++) {
            if (texts.get(i).equals("static")) {
                locals.add(texts.subList(i, texts.size()).stream()
                        .takeWhile(text -> !text.equals(";"))
                        .collect(Collectors.joining(" ")));
            }
        }
        return locals;
    }

    /** Checks what klp-build cannot take along where system calls are traced. */
    static void checkSystemCalls(PatchedFile file, Findings findings) {
        Optional<ConfigValue> traced = file.option("FTRACE_SYSCALLS");
        for (ChangedPart function : file.changed(CDefinition.Kind.FUNCTION)) {
            if (function.macro().contains("SYSCALL_DEFINE") && !traced.equals(Optional.of(ConfigValue.NO))) {
                findings.add(LintRule.SYSCALL, function, function.name() + " is a system call.");
            }
        }
    }
}
