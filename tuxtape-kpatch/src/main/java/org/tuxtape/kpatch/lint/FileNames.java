package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.FileMode;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.kpatch.source.SourceView;

/** What the names of the files say, and their modes. */
record FileNames(ToolLimits limits, SourceView tree) {

    /** A kind of file, by its whole name in the tree. */
    private record Kind(LintRule rule, Pattern names, String detail) {
        static Kind of(LintRule rule, String names, String detail) {
            return new Kind(rule, Pattern.compile(names), detail);
        }
    }

    /** What the build runs; the first that fits counts. */
    private static final List<Kind> BUILD = List.of(
            Kind.of(LintRule.KCONFIG, "(?:.*/)?Kconfig[^/]*", "defines options of the configuration"),
            Kind.of(
                    LintRule.BUILD_SCRIPT,
                    "(?:.*/)?(?:Makefile|Kbuild|GNUmakefile|makefile|Platform)(?:[._-][^/]*)?|.*\\.(?:mk|make|include)"
                            + "|(?:.*/)?Kbuild\\.include",
                    "is read by make"),
            Kind.of(LintRule.BUILD_SCRIPT, ".*\\.(?:sh|pl|py|awk|sed|bash|cocci|tc)", "is a script"),
            Kind.of(LintRule.BUILD_SCRIPT, "(?:.*/)?(?:[^/]*\\.lds|localversion[^/]*)", "steers the build"),
            Kind.of(LintRule.HOST_TOOL, "scripts/.*", "lies in scripts/, whose programs the build runs"),
            Kind.of(
                    LintRule.HOST_TOOL,
                    "tools/(?!testing/).*",
                    "lies in tools/, some of whose programs the build runs"),
            Kind.of(LintRule.HOST_TOOL, "(?:arch/[^/]+(?:/boot)?/tools|usr)/.*", "is a program that the build runs"),
            Kind.of(
                    LintRule.BUILD_STATE,
                    "(?:.*/)?\\.(?!gitignore$|gitattributes$|mailmap$|clang-format$|cocciconfig$|editorconfig$"
                            + "|get_maintainer\\.ignore$|rustfmt\\.toml$|kunitconfig$)[^/]*(?:/.*)?",
                    "is hidden, as the build's own state is"),
            Kind.of(
                    LintRule.BUILD_STATE,
                    "(?:.*/)?(?:include/(?:generated|config)/.*|modules\\.order|modules\\.builtin[^/]*|Module\\.symvers"
                            + "|System\\.map|vmlinux[^/]*\\.(?:o|a)|vmlinux|[^/]*\\.(?:o|a|ko|so|cmd|mod|d))",
                    "is made by the build"));

    private static final List<Kind> CODE = List.of(
            Kind.of(
                    LintRule.GENERATOR_INPUT,
                    ".*\\.tbl|(?:.*/)?(?:asm-offsets[^/]*|bounds|devicetable-offsets)\\.c|(?:.*/)?cpufeatures\\.h"
                            + "|security/selinux/include/(?:classmap|initial_sid_to_string)\\.h"
                            + "|include/linux/mod_devicetable\\.h|include/uapi/linux/(?:capability|socket)\\.h"
                            + "|(?:.*/)?[^/]*\\.(?:lds\\.h|[ly]|uc|cer|pem|x509)(?:_shipped)?",
                    "is what other files are made from"),
            Kind.of(LintRule.OTHER_LANGUAGE, ".*\\.(?:rs|dtsi?|dtso|s|asm)", "is no C"));

    List<LintFinding> check(List<Diff> diffs) {
        List<LintFinding> findings = new ArrayList<>();
        TreeMap<SourcePath, Boolean> links = new TreeMap<>();
        for (FileDiff file :
                diffs.stream().flatMap(diff -> diff.files().stream()).toList()) {
            boolean link = Stream.of(file.oldMode(), file.newMode())
                    .flatMap(Optional::stream)
                    .anyMatch(FileMode::isSymbolicLink);
            for (DiffPath name : Stream.of(file.oldPath(), file.newPath())
                    .flatMap(Optional::stream)
                    .toList()) {
                Optional<SourcePath> path = name.inTree();
                path.ifPresentOrElse(
                        inTree -> links.merge(inTree, link, Boolean::logicalOr), () -> findings.add(escape(name)));
            }
        }
        links.forEach((path, link) -> check(path, link, findings));
        return findings;
    }

    private static LintFinding escape(DiffPath name) {
        String detail = "'" + name.raw() + "' is no name inside the tree.";
        return new LintFinding(LintRule.PATH_ESCAPE, LintVerdict.REFUSED, Optional.empty(), Optional.empty(), detail);
    }

    private void check(SourcePath path, boolean isLink, List<LintFinding> findings) {
        Optional<SourcePath> link = isLink ? Optional.of(path) : tree.linkOn(path);
        link.ifPresent(on -> findings.add(finding(LintRule.SYMLINK, path, on + " is a symbolic link.")));
        first(BUILD, path).or(() -> hostProgram(path)).ifPresent(findings::add);
        first(CODE, path).ifPresent(findings::add);
        String name = path.text();
        limits.refused().stream()
                .filter(refused -> refused.names().test(name))
                .map(refused -> new LintFinding(
                        refused.rule(),
                        LintVerdict.IMPOSSIBLE,
                        place(path),
                        Optional.empty(),
                        "The tool refuses " + path + " by its name."))
                .forEach(findings::add);
        limits.leftOut().stream()
                .filter(leftOut -> name.startsWith(leftOut.prefix()))
                .map(leftOut -> finding(leftOut.rule(), path, "The tool leaves the object of " + path + " out."))
                .forEach(findings::add);
    }

    private static Optional<LintFinding> first(List<Kind> kinds, SourcePath path) {
        return kinds.stream()
                .filter(kind -> kind.names().matcher(path.text()).matches())
                .map(kind -> finding(kind.rule(), path, path + " " + kind.detail() + "."))
                .findFirst();
    }

    /** The makefile beside a C file says whether the build runs what is made of it. */
    private Optional<LintFinding> hostProgram(SourcePath path) {
        return path.text().endsWith(".c") && Makefile.beside(path, tree).isHostProgram(path)
                ? Optional.of(finding(LintRule.HOST_TOOL, path, path + " is a program that the build runs."))
                : Optional.empty();
    }

    private static LintFinding finding(LintRule rule, SourcePath path, String detail) {
        return new LintFinding(rule, rule.verdict(), place(path), Optional.empty(), detail);
    }

    private static Optional<SourcePlace> place(SourcePath path) {
        return Optional.of(new SourcePlace(path, OptionalInt.empty()));
    }
}
