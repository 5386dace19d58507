package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Unusable;

/** The policy of an archive, read and changed. */
final class Policies {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_PAUSES = 1200;

    private Policies() {}

    static RolloutPolicy read(PatchArchive archive) {
        String text = archive.policy()
                .orElseThrow(
                        () -> new Unusable(archive.directory() + " has no policy; archive policy --set sets one."));
        return checked(() -> RolloutPolicy.parse(text));
    }

    static RolloutPolicy read(Path file) {
        try {
            String text = Files.readString(file);
            return checked(() -> RolloutPolicy.parse(text));
        } catch (IOException e) {
            throw new Unusable("The policy " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        }
    }

    /**
     * Changes the policy by what it is. Of two commands at once the second one waits, so that no withdrawal is lost; one
     * that sets a policy whole undoes what came before, as it says.
     */
    static RolloutPolicy change(PatchArchive archive, Context context, UnaryOperator<RolloutPolicy> change) {
        return alone(archive, context, () -> {
            RolloutPolicy before = read(archive);
            RolloutPolicy after = checked(() -> change.apply(before));
            if (!after.equals(before)) {
                archive.setPolicy(after.toText(), context);
            }
            return after;
        });
    }

    static RolloutPolicy set(PatchArchive archive, Context context, RolloutPolicy policy) {
        return alone(archive, context, () -> {
            archive.setPolicy(policy.toText(), context);
            return policy;
        });
    }

    /** What a policy rejects, somebody asked for. */
    static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Unusable(String.valueOf(e.getMessage()), e);
        }
    }

    private static <T> T alone(PatchArchive archive, Context context, Supplier<T> action) {
        Path file = archive.directory().resolve(".policy.lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int pauses = 0; attempt(channel) == null; pauses++) {
                if (pauses == MOST_PAUSES) {
                    throw new Unusable("Another command has been changing the policy for a minute.");
                }
                context.pause(PAUSE);
            }
            return action.get();
        } catch (IOException e) {
            throw new Unusable("The policy could not be locked: " + Unusable.reason(e) + ".", e);
        }
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process
        }
    }
}
