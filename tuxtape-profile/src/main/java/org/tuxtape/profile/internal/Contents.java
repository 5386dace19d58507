package org.tuxtape.profile.internal;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * All that is known of one kernel build, whatever it was read from. Immutable.
 *
 * @param origin what it was read from, for people
 * @param kernel which kernel was built
 * @param compiled what was compiled
 * @param listed the objects that are known to exist, also without their units
 * @param source the files that could have been
 * @param kinds which of them are no part of such a kernel at all
 * @param coverage of which kinds the origin shows that they were left out
 * @param config the options, if they are known
 * @param symbols the functions of vmlinux, if they are known
 * @param notes what is unknown or surprising, in sentences
 * @param whyUnfinished why what was not compiled may yet be, one sentence; empty if the whole build was seen
 */
public record Contents(
        String origin,
        KernelBuild kernel,
        CompiledUnits compiled,
        SortedSet<KernelObject> listed,
        SourceFiles source,
        FileKinds kinds,
        Coverage coverage,
        Optional<KernelConfig> config,
        Optional<SystemMap> symbols,
        List<String> notes,
        Optional<String> whyUnfinished) {
    /** Copies the notes. */
    public Contents {
        listed = Collections.unmodifiableSortedSet(new TreeSet<>(listed));
        notes = List.copyOf(notes);
    }

    /** Returns contents that differ in what was compiled. */
    Contents with(CompiledUnits other) {
        return new Contents(
                origin, kernel, other, listed, source, kinds, coverage, config, symbols, notes, whyUnfinished);
    }

    /** Tells whether it is known which files there are that could have been compiled. */
    public boolean knowsSource() {
        return source.isKnown();
    }

    /** Returns the units of vmlinux and the modules. */
    public SortedMap<SourcePath, SortedSet<KernelObject>> kernelUnits() {
        return units(Unit::kernel);
    }

    /** Returns vmlinux and the modules that are known to exist. */
    public SortedSet<KernelObject> objects() {
        SortedSet<KernelObject> objects = new TreeSet<>(listed);
        compiled.units().forEach(unit -> objects.addAll(unit.kernel()));
        return objects;
    }

    /** Returns what was compiled for the kernel and ended elsewhere. */
    public SortedMap<SourcePath, SortedSet<KernelObject>> otherUnits() {
        return units(Unit::elsewhere);
    }

    private SortedMap<SourcePath, SortedSet<KernelObject>> units(Function<Unit, SortedSet<KernelObject>> objects) {
        SortedMap<SourcePath, SortedSet<KernelObject>> found = new TreeMap<>();
        for (Unit unit : compiled.units()) {
            if (!objects.apply(unit).isEmpty()) {
                found.put(unit.path(), objects.apply(unit));
            }
        }
        return Collections.unmodifiableSortedMap(found);
    }
}
