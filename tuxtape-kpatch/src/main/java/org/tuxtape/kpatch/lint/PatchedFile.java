package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CToken;
import org.tuxtape.core.source.CompiledCode;

/** A file before and after the fix, as the configuration leaves it. */
final class PatchedFile {
    private final SourcePath path;
    private final FileChange change;
    private final FilePresence presence;
    private final Function<ConfigSymbol, Optional<ConfigValue>> config;
    private final CompiledCode codeBefore;
    private final CompiledCode codeAfter;
    private @Nullable CodeParts before;
    private @Nullable CodeParts after;
    private @Nullable List<ChangedPart> parts;

    private PatchedFile(
            SourcePath path,
            FileChange change,
            FilePresence presence,
            Function<ConfigSymbol, Optional<ConfigValue>> config) {
        this.path = path;
        this.change = change;
        this.presence = presence;
        this.config = config;
        this.codeBefore = code(change.before(), config);
        this.codeAfter = code(change.after(), config);
    }

    static PatchedFile of(SourcePath path, FileChange change, FilePresence presence, Optional<BuildProfile> profile) {
        return new PatchedFile(path, change, presence, symbol -> profile.flatMap(build -> build.option(symbol)));
    }

    private CompiledCode code(Optional<String> text, Function<ConfigSymbol, Optional<ConfigValue>> symbols) {
        return CompiledCode.of(text.filter(any -> isC()).orElse(""), symbols);
    }

    private static List<ChangedPart> differences(CodeParts before, CodeParts after) {
        Set<CodeParts.Key> keys = new LinkedHashSet<>(after.parts().keySet());
        keys.addAll(before.parts().keySet());
        List<ChangedPart> parts = new ArrayList<>();
        for (CodeParts.Key key : keys) {
            List<CToken> old = before.tokens(key);
            List<CToken> present = after.tokens(key);
            if (!ChangedPart.texts(old).equals(ChangedPart.texts(present))) {
                parts.add(new ChangedPart(key.kind(), key.name(), key.macro(), old, present));
            }
        }
        return List.copyOf(parts);
    }

    SourcePath path() {
        return path;
    }

    FilePresence presence() {
        return presence;
    }

    boolean isC() {
        return path.isHeader() || path.text().endsWith(".c");
    }

    CodeParts before() {
        before = before == null ? CodeParts.of(change.before().orElse(""), codeBefore) : before;
        return before;
    }

    CodeParts after() {
        after = after == null ? CodeParts.of(change.after().orElse(""), codeAfter) : after;
        return after;
    }

    private List<ChangedPart> parts() {
        if (!isC()) {
            return List.of();
        }
        parts = parts == null ? differences(before(), after()) : parts;
        return parts;
    }

    /** Returns the definitions of one kind that are not the same after the fix. */
    List<ChangedPart> changed(CDefinition.Kind kind) {
        return parts().stream().filter(part -> part.is(kind)).toList();
    }

    /** Tells whether something changes, and each of it is a function of a kind. */
    boolean changesOnly(Predicate<ChangedPart> functions) {
        return !parts().isEmpty()
                && parts().stream().allMatch(part -> part.is(CDefinition.Kind.FUNCTION) && functions.test(part));
    }

    /** Returns the statements at file scope that are not the same: each is either new or gone. */
    List<ChangedPart> statements() {
        return parts().stream().filter(part -> part.kind().isEmpty()).toList();
    }

    /** Tells whether the configuration leaves the same of both texts. */
    boolean compilesToTheSame() {
        return isC() && areEqual(codeBefore, codeAfter);
    }

    /** Tells whether the texts differ in nothing that is code, whatever the configuration. */
    boolean saysTheSame() {
        return compilesToTheSame()
                && areEqual(
                        code(change.before(), symbol -> Optional.empty()),
                        code(change.after(), symbol -> Optional.empty()));
    }

    private static boolean areEqual(CompiledCode code, CompiledCode other) {
        return ChangedPart.texts(code.tokens()).equals(ChangedPart.texts(other.tokens()));
    }

    /** Returns the value of an option, empty if it is not known. */
    Optional<ConfigValue> option(String symbol) {
        return config.apply(new ConfigSymbol(symbol));
    }

    /** Tells whether none of this file's code can be in a module. */
    boolean isInImageOnly() {
        return presence instanceof FilePresence.Compiled compiled
                && compiled.objects().stream().allMatch(KernelObject::isVmlinux);
    }
}
