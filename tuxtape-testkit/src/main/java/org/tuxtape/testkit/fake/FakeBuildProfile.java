package org.tuxtape.testkit.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;

/**
 * The build that a test describes. What it does not describe is unknown, as {@link BuildProfile} has it; the
 * configuration is known from the first {@link Builder#option option} on. Immutable, and safe for use by several
 * threads.
 *
 * <pre>{@code
 * FakeBuildProfile.of(kernel)
 *         .compiled("net/core/sock.c", "vmlinux")
 *         .included("include/net/sock.h", "net/core/sock.c")
 *         .absent("fs/btrfs/super.c")
 *         .option("NET", "y")
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class FakeBuildProfile implements BuildProfile {
    private record Function(String name, SourcePath file) {}

    private final KernelBuild kernel;
    private final Map<SourcePath, FilePresence> files;
    private final Map<Function, FunctionPresence> functions;
    private final Map<ConfigSymbol, ConfigValue> options;

    private FakeBuildProfile(Builder builder, Map<SourcePath, FilePresence> files) {
        kernel = builder.kernel;
        this.files = Map.copyOf(files);
        functions = Map.copyOf(builder.functions);
        options = Map.copyOf(builder.options);
    }

    /**
     * Starts a profile.
     *
     * @param kernel the build
     * @return a builder of a profile that knows nothing else
     */
    public static Builder of(KernelBuild kernel) {
        return new Builder(kernel);
    }

    @Override
    public KernelBuild kernel() {
        return kernel;
    }

    @Override
    public String provenance() {
        return "fake, " + files.size() + " files";
    }

    @Override
    public FilePresence file(SourcePath path) {
        return files.getOrDefault(path, new FilePresence.Unknown("Not set up."));
    }

    @Override
    public FunctionPresence function(String name, SourcePath file) {
        return functions.getOrDefault(new Function(name, file), new FunctionPresence.Unknown("Not set up."));
    }

    @Override
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        return options.isEmpty() ? Optional.empty() : Optional.of(options.getOrDefault(symbol, ConfigValue.NO));
    }

    /** Collects what a build contains. A file is described once. Not safe for use by several threads. */
    public static final class Builder {
        private final KernelBuild kernel;
        private final Map<SourcePath, FilePresence> files = new HashMap<>();
        private final Map<SourcePath, SortedSet<SourcePath>> inclusions = new HashMap<>();
        private final Map<Function, FunctionPresence> functions = new HashMap<>();
        private final Map<ConfigSymbol, ConfigValue> options = new HashMap<>();

        private Builder(KernelBuild kernel) {
            this.kernel = kernel;
        }

        /**
         * Adds a compiled unit.
         *
         * @param path its path in the source
         * @param objects what it was linked into: {@code vmlinux}, or paths of modules without {@code .ko}; at least
         *     one
         * @return this builder
         */
        public Builder compiled(String path, String... objects) {
            return file(path, new FilePresence.Compiled(objects(objects)));
        }

        /**
         * Adds a file that is not compiled for itself.
         *
         * @param path its path in the source
         * @param units the compiled units that include it, at least one
         * @return this builder
         */
        public Builder included(String path, String... units) {
            inclusions.put(SourcePath.parse(path), sorted(Stream.of(units).map(SourcePath::parse)));
            return this;
        }

        /**
         * Adds a file that the build left out.
         *
         * @param path its path in the source
         * @return this builder
         */
        public Builder absent(String path) {
            return file(path, new FilePresence.Absent("Set up to be left out."));
        }

        private Builder file(String path, FilePresence presence) {
            if (files.put(SourcePath.parse(path), presence) != null) {
                throw new IllegalArgumentException(path + " was described before.");
            }
            return this;
        }

        /**
         * Adds a function that stands among the symbols.
         *
         * @param name its name in C
         * @param path where it is defined
         * @param objects where it is present, at least one
         * @return this builder
         */
        public Builder function(String name, String path, String... objects) {
            functions.put(new Function(name, SourcePath.parse(path)), new FunctionPresence.Present(objects(objects)));
            return this;
        }

        /**
         * Sets a config option.
         *
         * @param symbol its name, with or without {@code CONFIG_}
         * @param value as {@code .config} spells it, a string without its quotes
         * @return this builder
         */
        public Builder option(String symbol, String value) {
            options.put(ConfigSymbol.parse(symbol), new ConfigValue(value));
            return this;
        }

        /**
         * Returns the profile.
         *
         * @return a fake with what was collected so far
         * @throws IllegalStateException if a unit that includes a file is not compiled itself
         */
        public FakeBuildProfile build() {
            Map<SourcePath, FilePresence> all = new HashMap<>(files);
            inclusions.forEach((path, units) -> {
                if (all.put(path, new FilePresence.Included(units, objectsOf(units))) != null) {
                    throw new IllegalStateException(path + " is described twice.");
                }
            });
            return new FakeBuildProfile(this, all);
        }

        private SortedSet<KernelObject> objectsOf(SortedSet<SourcePath> units) {
            SortedSet<KernelObject> objects = new TreeSet<>();
            units.forEach(unit -> objects.addAll(compiled(unit).objects()));
            return objects;
        }

        private FilePresence.Compiled compiled(SourcePath unit) {
            if (files.get(unit) instanceof FilePresence.Compiled compiled) {
                return compiled;
            }
            throw new IllegalStateException(unit + " includes a file, and so has to be compiled itself.");
        }

        private static SortedSet<KernelObject> objects(String... names) {
            return sorted(List.of(names).stream().map(KernelObject::new));
        }

        private static <T extends Comparable<T>> SortedSet<T> sorted(Stream<T> elements) {
            return elements.collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
