package org.tuxtape.kpatch.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.kpatch.source.SourceView;
import org.tuxtape.testkit.fake.FakeBuildProfile;

/** A small fix, and the build that it is looked at for. */
record LintCase(String path, String before, String after, Map<SourcePath, String> others) {
    /**
     * {@code net/image.c} is in the image, {@code net/module.c} in a module, {@code net/absent.c} left out; {@code
     * include/linux/wide.h} reaches 30 units, {@code include/linux/narrow.h} one. ON is set, OFF is not.
     */
    static final BuildProfile BUILD = build();

    static LintCase of(String path, String before, String after) {
        return new LintCase(path, before, after, Map.of());
    }

    LintCase beside(String other, String text) {
        return new LintCase(path, before, after, Map.of(SourcePath.parse(other), text));
    }

    LintReport report() {
        return report(PatchLint.forKpatchBuild());
    }

    LintReport report(PatchLint lint) {
        return lint.check(List.of(diff()), tree(), Optional.of(BUILD));
    }

    SourceView tree() {
        SourcePath own = SourcePath.tryParse(path).orElse(SourcePath.parse("none"));
        return name -> name.equals(own)
                ? Optional.of(before).filter(text -> !text.isEmpty())
                : Optional.ofNullable(others.get(name));
    }

    Diff diff() {
        return Diff.parse(diff(path, before, after));
    }

    /** Writes a diff without context that replaces a whole text. */
    static String diff(String path, String before, String after) {
        return "--- " + (before.isEmpty() ? "/dev/null" : "a/" + path) + "\n+++ "
                + (after.isEmpty() ? "/dev/null" : "b/" + path) + "\n@@ -" + range(before) + " +" + range(after)
                + " @@\n"
                + lines(before, "-") + lines(after, "+");
    }

    private static String range(String text) {
        return text.isEmpty() ? "0,0" : "1," + text.lines().count();
    }

    private static String lines(String text, String mark) {
        return text.lines().map(line -> mark + line + "\n").collect(Collectors.joining());
    }

    private static BuildProfile build() {
        FakeBuildProfile.Builder build = FakeBuildProfile.of(KernelBuild.of(KernelVersion.parse("6.1.1")))
                .compiled("net/image.c", "vmlinux")
                .compiled("kernel/image.c", "vmlinux")
                .compiled("net/module.c", "net/module")
                .included("include/linux/narrow.h", "net/image.c")
                .absent("net/absent.c")
                .option("ON", "y")
                .option("DYNAMIC_DEBUG", "y")
                .option("OFF", "n")
                .option("NET_NS", "n");
        IntStream.range(0, 30).forEach(i -> build.compiled("net/unit" + i + ".c", "vmlinux"));
        return build.included(
                        "include/linux/wide.h",
                        IntStream.range(0, 30)
                                .mapToObj(i -> "net/unit" + i + ".c")
                                .toArray(String[]::new))
                .build();
    }
}
