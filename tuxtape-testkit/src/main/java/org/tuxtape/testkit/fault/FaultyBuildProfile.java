package org.tuxtape.testkit.fault;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.core.profile.ProfileException;

/**
 * A profile that breaks its rule and throws once, as one would whose origin went away. Questions about files, functions
 * and options are counted from 1 over all threads.
 *
 * @since 0.1
 */
public final class FaultyBuildProfile implements BuildProfile {
    private final BuildProfile profile;
    private final int fatal;
    private final AtomicInteger questions = new AtomicInteger();

    private FaultyBuildProfile(BuildProfile profile, int fatal) {
        this.profile = Objects.requireNonNull(profile, "profile");
        this.fatal = fatal;
    }

    /**
     * Wraps a profile.
     *
     * @param question which question is answered by a {@link ProfileException} of {@link ProfileException.Fault#IO},
     *     from 1
     * @param profile a working one
     * @return one that does so
     */
    public static FaultyBuildProfile throwingAt(int question, BuildProfile profile) {
        return new FaultyBuildProfile(profile, question);
    }

    @Override
    public KernelBuild kernel() {
        return profile.kernel();
    }

    @Override
    public String provenance() {
        return profile.provenance();
    }

    @Override
    public FilePresence file(SourcePath path) {
        count();
        return profile.file(path);
    }

    @Override
    public FunctionPresence function(String name, SourcePath file) {
        count();
        return profile.function(name, file);
    }

    @Override
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        count();
        return profile.option(symbol);
    }

    private void count() {
        if (questions.incrementAndGet() == fatal) {
            throw new ProfileException(
                    provenance(),
                    ProfileException.Fault.IO,
                    provenance() + " fails at question " + fatal + ", as the test wants it.");
        }
    }
}
