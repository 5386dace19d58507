package org.tuxtape.core.profile;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.SourcePath;

record UnknownProfile(KernelBuild kernel) implements BuildProfile {
    private static final String REASON = "There is no build profile of this kernel.";

    UnknownProfile {
        Objects.requireNonNull(kernel, "kernel");
    }

    @Override
    public String provenance() {
        return "version only";
    }

    @Override
    public FilePresence file(SourcePath path) {
        return new FilePresence.Unknown(REASON);
    }

    @Override
    public FunctionPresence function(String name, SourcePath file) {
        return new FunctionPresence.Unknown(REASON);
    }

    @Override
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        return Optional.empty();
    }
}
