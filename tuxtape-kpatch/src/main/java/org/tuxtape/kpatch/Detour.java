package org.tuxtape.kpatch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildRequest;

/** Ways in which kpatch-build makes a module of a fix where it has failed by what lies in the tool, and not in the fix. */
enum Detour {
    /** A copy of the script without a known fault. */
    MENDED_SCRIPT(KpatchScript.REMARK),
    /** Code marked {@code __ref} or {@code __sched} lies in sections of its own. */
    PLAIN_SECTIONS(PlainSections.REMARK),
    /** What stays the same keeps the number of its line. */
    KEPT_NUMBERS(
            "The build failed by a function or section that may have changed only since it stands on other lines; so the "
                    + "fix was built with #line directives, which keep the number of every line that stays the same.");

    private static final String CRASH = "create-diff-object SIGSEGV";
    /** What code that only knows its line by another number can lead to. */
    private static final Set<BuildFailure> OF_NUMBERS = EnumSet.of(
            BuildFailure.NOT_TRACEABLE,
            BuildFailure.UNSUPPORTED_SECTION,
            BuildFailure.UNSUPPORTED_CODE,
            BuildFailure.STATIC_LOCAL,
            BuildFailure.STATIC_KEY_OR_CALL,
            BuildFailure.SYMBOL_LOOKUP,
            BuildFailure.DATA_CHANGE);

    /** Where no line has a number: what a kernel offers to modules, names and versions; and how large something is. */
    private static final Pattern NOT_OF_NUMBERS = Pattern.compile("changed section __ksymtab|object size mismatch: ");

    private final String remark;

    Detour(String remark) {
        this.remark = remark;
    }

    /** What a person should know of it, one sentence. */
    String remark() {
        return remark;
    }

    /**
     * Finds the ways around a failure. They are taken together: a build of many fixes meets several faults at once, and each
     * attempt takes minutes.
     *
     * @param script the tool's own, if it is a file here
     */
    static List<Detour> around(
            BuildDiagnosis failure, BuildRequest request, KernelVersion kernel, Optional<Path> script) {
        List<Detour> ways = new ArrayList<>();
        if (failure.failure() == BuildFailure.TOOL_BROKE
                && failure.excerpt().contains(CRASH)
                && KpatchScript.isFaultyFor(kernel)
                && script.flatMap(KpatchScript::mend).isPresent()) {
            ways.add(MENDED_SCRIPT);
        }
        if (failure.failure() == BuildFailure.UNSUPPORTED_SECTION
                && !PlainSections.objects(failure.excerpt()).isEmpty()) {
            ways.add(PLAIN_SECTIONS);
        }
        if (OF_NUMBERS.contains(failure.failure())
                && !NOT_OF_NUMBERS.matcher(failure.excerpt()).find()
                && movesLines(request)) {
            ways.add(KEPT_NUMBERS);
        }
        return List.copyOf(ways);
    }

    private static boolean movesLines(BuildRequest request) {
        return changes(request)
                .flatMap(file -> file.hunks().stream())
                .anyMatch(hunk -> hunk.oldCount() != hunk.newCount());
    }

    /** What the fixes of a request say of files, as far as it can be read. */
    static Stream<FileDiff> changes(BuildRequest request) {
        return request.fixes().stream().flatMap(fix -> fix.commits().stream()).flatMap(Detour::changes);
    }

    private static Stream<FileDiff> changes(FixCommit commit) {
        try {
            return Diff.parse(commit.diff()).files().stream();
        } catch (DiffException e) {
            return Stream.empty();
        }
    }
}
