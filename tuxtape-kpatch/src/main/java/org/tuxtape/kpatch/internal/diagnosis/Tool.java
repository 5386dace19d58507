package org.tuxtape.kpatch.internal.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is different between the two tools.
 *
 * @param name its own name
 * @param reading how its lines are read
 * @param phases how the lines begin that say what it does now; group 1 is the name of the phase
 * @param signs how it explains failures
 * @param noChange what it says when the fix changes nothing, and what that means
 * @param silent errors that explain nothing, since another line does
 */
record Tool(
        String name,
        Function<String, SpokenLine> reading,
        Pattern phases,
        List<Sign> signs,
        Map<String, String> noChange,
        Pattern silent) {

    static final Tool KPATCH = new Tool(
            "kpatch-build",
            SpokenLine::ofKpatch,
            Pattern.compile("(Using source directory|Using cache|Downloading (?:and unpacking the )?kernel source"
                    + "|Downloading and unpacking the kernel source|Unpacking kernel source|Testing patch file\\(s\\)"
                    + "|Reading special section data|Building original source|Building patched source"
                    + "|Extracting new and modified ELF sections|Building patch module)(?:: .*| at .*| for .*)?"),
            KpatchSigns.ALL,
            Map.of(
                    "no changed objects found",
                    "kpatch-build compiled nothing anew: no file of the fix is part of this kernel's build.",
                    "no functional changes found",
                    "kpatch-build compiled the files of the fix, and their code is the same as before: what it changes is not"
                            + " part of this kernel's build."),
            Pattern.compile("kpatch build failed|\\d+ error\\(s\\) encountered"));

    static final Tool KLP = new Tool(
            "klp-build",
            SpokenLine::ofKlp,
            Pattern.compile(
                    "(Validating patch\\(es\\)|Building original kernel|Copying original object files|Fixing patch\\(es\\)"
                            + "|Building patched kernel|Copying patched object files|Generating original checksums"
                            + "|Generating patched checksums|Diffing objects|Finding first changed instructions"
                            + "|Building patch module)(?:: .*)?"),
            KlpSigns.ALL,
            Map.of(
                    "no changes detected",
                    "klp-build found the same code with the fix and without it: what it changes is not part of this kernel's"
                            + " build."),
            Pattern.compile("line \\d+: '"));

    /** The phase that a line begins. */
    Optional<String> phase(String line) {
        Matcher said = phases.matcher(line);
        return said.matches() ? Optional.of(said.group(1)) : Optional.empty();
    }
}
