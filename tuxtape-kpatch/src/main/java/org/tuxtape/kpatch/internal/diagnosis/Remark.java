package org.tuxtape.kpatch.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that does not stop the build and changes what the module means.
 *
 * @param text how it begins, after what names the tool and the object; {@code a} and {@code b} are groups
 * @param sentence what it means, with the groups as {@code {a}} and {@code {b}}
 */
record Remark(Pattern text, String sentence) {
    private static final List<Remark> ALL = List.of(
            remark(
                    "WARNING: unable to correlate static local variable (?<a>\\S+) used by (?<b>[^\\s,]+)",
                    "The static variable {a} of {b} begins anew: its value in the running kernel is not taken over."),
            remark("found callback: (?<a>\\S+)", "The module runs the callback {a}."),
            remark("ignoring function: (?<a>\\S+)", "The change of {a} is left out, as the fix asks."),
            remark("ignoring section: (?<a>\\S+)", "The change of the section {a} is left out, as the fix asks."),
            remark(
                    "NOTICE: no change detected in function (?<a>[^\\s,]+)",
                    "The fix asks to leave out the change of {a}, and there is none."),
            remark(
                    "function '(?<a>[^']+)' marked with KPATCH_FORCE_UNSAFE",
                    "{a} is switched over without a check of the stacks."),
            remark(
                    "Version disagreement for symbol (?<a>\\S+)",
                    "The fix changes the version of the exported symbol {a}; the kernel's modules keep the old one."),
            remark("Couldn't restore kernel path: (?<a>.+)", "The tool could not put back {a}."),
            remark("can't restore file: (?<a>.+)", "The tool could not put back {a}."),
            remark(
                    "WARNING: Skipping compiler version matching check",
                    "The compiler was not compared with the kernel's."),
            remark("WARNING: Use of kpatch core module", "The module needs the old kpatch core module in the kernel."),
            remark("WARNING: Clang support is experimental", "kpatch-build knows clang only as an experiment."),
            remark("(?<a>.+) applied with fuzz$", "{a} was applied with fuzz or at other lines."),
            remark(
                    "no correlation: (?<a>\\S+)",
                    "{a} cannot be matched with the original: if it is static data, it begins anew."),
            remark(
                    "(?<a>\\S+): disabling unsupported tracepoint (?<b>\\S+)",
                    "The tracepoint {b} is off in the patched {a}."),
            remark("(?<a>\\S+): disabling unsupported pr_debug", "A pr_debug() is off in the patched {a}."));

    /** Of patch(1), which names the file on a line before. */
    private static final Pattern FUZZ =
            Pattern.compile("Hunk #\\d+ succeeded at (?<line>\\d{1,9}).* with fuzz (?<fuzz>\\d+)");

    private static Remark remark(String text, String sentence) {
        return new Remark(Pattern.compile(text), sentence);
    }

    /**
     * Reads a line.
     *
     * @param text without what names the tool and the object
     * @param file what patch(1) is at, possibly empty
     * @return one sentence; empty if the line changes nothing
     */
    static Optional<String> in(String text, String file) {
        Matcher fuzz = FUZZ.matcher(text);
        if (fuzz.lookingAt()) {
            return Optional.of("A hunk of " + (file.isEmpty() ? "the fix" : file) + " was applied with fuzz "
                    + fuzz.group("fuzz") + ", at line " + fuzz.group("line") + ".");
        }
        for (Remark remark : ALL) {
            Matcher said = remark.text.matcher(text);
            if (said.lookingAt()) {
                String filled = remark.sentence.replace("{a}", group(said, "a"));
                return Optional.of(filled.replace("{b}", group(said, "b")));
            }
        }
        return Optional.empty();
    }

    private static String group(Matcher said, String name) {
        return said.pattern().pattern().contains("(?<" + name + ">") ? said.group(name) : "";
    }
}
