package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.diff.ChangedCode;
import org.tuxtape.core.diff.TreeState;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.core.source.Inclusion;

/** Rung 3: is any of the code that the fix changes left after the preprocessor, and are its functions there? */
final class FunctionRung {
    private static final int MOST_NAMED = 8;

    private final KnownFix fix;
    private final PathDrift drift;
    private final BuildProfile profile;
    private final FixHunks hunks = new FixHunks();
    private final SortedMap<FixHunk, Inclusion> inclusions = new TreeMap<>();
    private final List<ChangedFunction> functions = new ArrayList<>();

    private FunctionRung(KnownFix fix, PathDrift drift, BuildProfile profile) {
        this.fix = fix;
        this.drift = drift;
        this.profile = profile;
    }

    static Evidence.Functions climb(KnownFix fix, TreeState state, PathDrift drift, BuildProfile profile) {
        return new FunctionRung(fix, drift, profile).climb(state);
    }

    private Evidence.Functions climb(TreeState state) {
        state.files().forEach(this::add);
        boolean leftOut = Evidence.Functions.isLeftOut(inclusions)
                && state.files().stream().noneMatch(TreeState.OfFile::isOpaque);
        if (!leftOut) {
            return new Evidence.Functions(Optional.empty(), functions, inclusions, false, describe() + names());
        }
        String doubt = fix.doubt().map(why -> " " + why).orElse("");
        return new Evidence.Functions(
                Optional.of(VexStatus.NOT_AFFECTED),
                functions,
                inclusions,
                fix.doubt().isPresent(),
                "This build leaves out every line that is changed by " + fix.text() + "." + doubt);
    }

    private void add(TreeState.OfFile file) {
        List<FixHunk> numbered = hunks.of(file.file());
        Optional<SourcePath> place = file.path().map(drift::place);
        boolean absent = place.map(profile::file)
                .filter(FilePresence.Absent.class::isInstance)
                .isPresent();
        List<Inclusion> found = absent ? List.of() : HunkInclusion.of(file, profile::option);
        for (int i = 0; i < numbered.size(); i++) {
            inclusions.put(numbered.get(i), absent ? Inclusion.LEFT_OUT : found.get(i));
        }
        if (place.isPresent() && file.change().isPresent()) {
            ChangedCode.of(
                            file.file(),
                            file.change().get().before(),
                            file.change().get().after())
                    .functions()
                    .forEach(name ->
                            functions.add(new ChangedFunction(name, place.get(), profile.function(name, place.get()))));
        }
    }

    private String describe() {
        String whole =
                count(Inclusion.COMPILED) + " of " + inclusions.size() + " hunks of " + fix.text() + " are compiled";
        return inclusions.isEmpty()
                ? "No line is changed by " + fix.text() + "."
                : whole + ", " + count(Inclusion.LEFT_OUT) + " left out, " + count(Inclusion.UNKNOWN)
                        + " not to be judged.";
    }

    private long count(Inclusion inclusion) {
        return inclusions.values().stream().filter(inclusion::equals).count();
    }

    private String names() {
        String present = functions.stream()
                .filter(function -> function.presence() instanceof FunctionPresence.Present)
                .limit(MOST_NAMED)
                .map(ChangedFunction::name)
                .collect(Collectors.joining(", "));
        return present.isEmpty() ? "" : " Among the symbols: " + present + ".";
    }
}
