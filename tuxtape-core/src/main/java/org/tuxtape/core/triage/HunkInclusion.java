package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.PlacedHunk;
import org.tuxtape.core.diff.TreeState;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.source.CompiledCode;
import org.tuxtape.core.source.Inclusion;

/** What the preprocessor makes of the lines that a change of a C file removes and adds. */
final class HunkInclusion {
    private HunkInclusion() {}

    /** Returns one answer per hunk; unknown where the text is not on one side of the change, or no C. */
    static List<Inclusion> of(TreeState.OfFile file, Function<ConfigSymbol, Optional<ConfigValue>> config) {
        List<PlacedHunk> places = isC(file.file()) ? PlacedHunk.of(file) : List.of();
        if (places.isEmpty()) {
            return Collections.nCopies(file.file().hunks().size(), Inclusion.UNKNOWN);
        }
        CompiledCode before =
                CompiledCode.of(file.change().orElseThrow().before().orElse(""), config);
        CompiledCode after = CompiledCode.of(file.change().orElseThrow().after().orElse(""), config);
        return places.stream()
                .map(place -> {
                    List<Inclusion> lines = new ArrayList<>();
                    place.removed().forEach(line -> lines.add(before.at(line)));
                    place.added().forEach(line -> lines.add(after.at(line)));
                    return together(lines);
                })
                .toList();
    }

    private static boolean isC(FileDiff file) {
        String name = file.path().raw();
        return name.endsWith(".c") || name.endsWith(".h");
    }

    private static Inclusion together(List<Inclusion> lines) {
        if (lines.contains(Inclusion.COMPILED)) {
            return Inclusion.COMPILED;
        }
        return lines.contains(Inclusion.UNKNOWN) ? Inclusion.UNKNOWN : Inclusion.LEFT_OUT;
    }
}
