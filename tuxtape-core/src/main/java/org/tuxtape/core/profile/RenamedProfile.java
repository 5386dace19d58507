package org.tuxtape.core.profile;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.SourcePath;

record RenamedProfile(BuildProfile profile, KernelBuild kernel) implements BuildProfile {

    RenamedProfile {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(kernel, "kernel");
    }

    @Override
    public String provenance() {
        return profile.provenance() + ", taken as " + kernel.version();
    }

    @Override
    public FilePresence file(SourcePath path) {
        return profile.file(path);
    }

    @Override
    public FunctionPresence function(String name, SourcePath file) {
        return profile.function(name, file);
    }

    @Override
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        return profile.option(symbol);
    }
}
