package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Unusable;

/** The policy of an archive, read and changed. */
final class Policies {
    private Policies() {}

    static RolloutPolicy read(PatchArchive archive) {
        return present(archive, archive.policy());
    }

    private static RolloutPolicy present(PatchArchive archive, Optional<String> policy) {
        String text = policy.orElseThrow(
                () -> new Unusable(archive.directory() + " has no policy; archive policy --set sets one."));
        return Unusable.unless(() -> RolloutPolicy.parse(text));
    }

    static RolloutPolicy read(Path file) {
        try {
            String text = Files.readString(file);
            return Unusable.unless(() -> RolloutPolicy.parse(text));
        } catch (IOException e) {
            throw new Unusable("The policy " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        }
    }

    /** Changes the policy by what it is, however many commands are at it. */
    static RolloutPolicy change(PatchArchive archive, Context context, UnaryOperator<RolloutPolicy> change) {
        Unusable.unless(() -> archive.changePolicy(
                text -> {
                    RolloutPolicy before = present(archive, text);
                    RolloutPolicy after = change.apply(before);
                    return after.equals(before) ? text.orElseThrow() : after.toText();
                },
                context));
        return read(archive);
    }
}
