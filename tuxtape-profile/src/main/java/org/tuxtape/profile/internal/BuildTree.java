package org.tuxtape.profile.internal;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;

/** All that was read from one build tree. Immutable. */
public final class BuildTree {
    private final KernelBuild kernel;
    private final List<Unit> units;
    private final FileIndex files;
    private final FunctionIndex functions;
    private final Optional<KernelConfig> config;
    private final Optional<Path> source;
    private final List<String> notes;
    private final boolean finished;

    BuildTree(
            KernelBuild kernel,
            List<Unit> units,
            FileIndex files,
            FunctionIndex functions,
            Optional<KernelConfig> config,
            Optional<Path> source,
            Findings findings) {
        this.kernel = kernel;
        this.units = units;
        this.files = files;
        this.functions = functions;
        this.config = config;
        this.source = source;
        this.notes = findings.notes();
        this.finished = findings.isFinished();
    }

    /** Returns which kernel was built. */
    public KernelBuild kernel() {
        return kernel;
    }

    /** Returns the units of vmlinux and the modules. */
    public SortedMap<SourcePath, SortedSet<KernelObject>> kernelUnits() {
        return units(Unit::kernel);
    }

    /** Returns what was compiled for the kernel and ended elsewhere. */
    public SortedMap<SourcePath, SortedSet<KernelObject>> otherUnits() {
        return units(Unit::elsewhere);
    }

    private SortedMap<SourcePath, SortedSet<KernelObject>> units(Function<Unit, SortedSet<KernelObject>> objects) {
        SortedMap<SourcePath, SortedSet<KernelObject>> found = new TreeMap<>();
        for (Unit unit : units) {
            if (!objects.apply(unit).isEmpty()) {
                found.put(unit.path(), objects.apply(unit));
            }
        }
        return Collections.unmodifiableSortedMap(found);
    }

    /** Looks a file up. */
    public FilePresence file(SourcePath path) {
        return files.presence(path);
    }

    /** Looks a function up. */
    public FunctionPresence function(String name, SourcePath file) {
        return functions.presence(name, files.presence(file));
    }

    /** Looks an option up; empty without a {@code .config}. */
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        return config.map(known -> known.value(symbol));
    }

    /** Returns where the source lies, if it can be reached. */
    public Optional<Path> source() {
        return source;
    }

    /** Returns what is unknown or surprising, in sentences. */
    public List<String> notes() {
        return notes;
    }

    /** Tells whether nothing shows that the build stopped early or that part of it is out of sight. */
    public boolean isFinished() {
        return finished;
    }
}
