package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;

/** A build of which a test wrote down what it contains. Of everything else nothing is known. */
final class WrittenProfile implements BuildProfile {
    private final KernelBuild kernel;
    private final Map<SourcePath, FilePresence> files = new HashMap<>();
    private final Map<String, FunctionPresence> functions = new HashMap<>();
    private final Map<ConfigSymbol, ConfigValue> options = new HashMap<>();
    private final List<SourcePath> asked = new ArrayList<>();

    private WrittenProfile(KernelBuild kernel) {
        this.kernel = kernel;
    }

    static WrittenProfile of(String release) {
        return new WrittenProfile(build(release));
    }

    /** The build that {@code uname -r} tells of, with the upstream version that its release begins with. */
    static KernelBuild build(String release) {
        KernelRelease parsed = KernelRelease.parse(release);
        return new KernelBuild(parsed, parsed.version(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    WrittenProfile compiled(String path, String... objects) {
        files.put(SourcePath.parse(path), new FilePresence.Compiled(objects(objects)));
        return this;
    }

    /** The units are given with blanks between them. */
    WrittenProfile included(String path, String units, String... objects) {
        TreeSet<SourcePath> paths = new TreeSet<>();
        Stream.of(units.split(" ", -1)).map(SourcePath::parse).forEach(paths::add);
        files.put(SourcePath.parse(path), new FilePresence.Included(paths, objects(objects)));
        return this;
    }

    WrittenProfile absent(String path) {
        files.put(SourcePath.parse(path), new FilePresence.Absent("Its option is off."));
        return this;
    }

    WrittenProfile function(String name, String... objects) {
        functions.put(name, new FunctionPresence.Present(objects(objects)));
        return this;
    }

    /** From the first option on the configuration is known. */
    WrittenProfile option(String symbol, String value) {
        options.put(ConfigSymbol.parse(symbol), new ConfigValue(value));
        return this;
    }

    List<SourcePath> asked() {
        return asked;
    }

    private static NavigableSet<KernelObject> objects(String... names) {
        TreeSet<KernelObject> objects = new TreeSet<>();
        Stream.of(names).map(KernelObject::new).forEach(objects::add);
        return objects;
    }

    @Override
    public KernelBuild kernel() {
        return kernel;
    }

    @Override
    public String provenance() {
        return "written by a test";
    }

    @Override
    public FilePresence file(SourcePath path) {
        asked.add(path);
        return files.getOrDefault(path, new FilePresence.Unknown("The test says nothing of it."));
    }

    @Override
    public FunctionPresence function(String name, SourcePath file) {
        return functions.getOrDefault(name, new FunctionPresence.Unknown("The test says nothing of it."));
    }

    @Override
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        return options.isEmpty() ? Optional.empty() : Optional.of(options.getOrDefault(symbol, ConfigValue.NO));
    }
}
