package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

/** Answers what the build made of a source file. Immutable. */
public final class FileIndex {
    private final List<Unit> units;
    private final Map<String, Integer> unitNumbers = new HashMap<>();
    /** Equal sets are the same set: most units share that of vmlinux or of their module. */
    private final List<SortedSet<KernelObject>> unitObjects = new ArrayList<>();

    private final Map<String, BitSet> includers;
    private final Set<String> buildInputs;
    private final Set<String> mentioned;
    private final SourceFiles source;
    private final FileKinds kinds;
    private final Coverage coverage;
    private final Optional<String> whyUnfinished;

    /** Prepares the answers. */
    public FileIndex(Contents contents) {
        this.units = contents.compiled().units();
        this.includers = contents.compiled().includers();
        this.buildInputs = contents.compiled().buildInputs();
        this.mentioned = contents.compiled().mentioned();
        this.source = contents.source();
        this.kinds = contents.kinds();
        this.coverage = contents.coverage();
        this.whyUnfinished = contents.whyUnfinished();
        Map<SortedSet<KernelObject>, SortedSet<KernelObject>> shared = new HashMap<>();
        for (Unit unit : units) {
            unitNumbers.put(unit.path().text(), unitNumbers.size());
            unitObjects.add(shared.computeIfAbsent(unit.objects(), set -> set));
        }
    }

    /** Looks a file up. */
    public FilePresence presence(SourcePath path) {
        @Nullable Integer unit = unitNumbers.get(path.text());
        BitSet including = linkedFirst(includers.getOrDefault(path.text(), new BitSet()));
        if (unit != null) {
            SortedSet<KernelObject> objects = objects(including);
            objects.addAll(unitObjects.get(unit));
            return new FilePresence.Compiled(objects);
        }
        if (!including.isEmpty()) {
            TreeSet<SourcePath> names = new TreeSet<>();
            including.stream().forEach(number -> names.add(units.get(number).path()));
            return new FilePresence.Included(names, objects(including));
        }
        return notCompiled(path);
    }

    /** Leaves out the units that become constants for headers, unless there are no others: they include nearly all. */
    private BitSet linkedFirst(BitSet including) {
        BitSet linked = (BitSet) including.clone();
        including.stream().filter(number -> units.get(number).constants()).forEach(linked::clear);
        return linked.isEmpty() ? including : linked;
    }

    private SortedSet<KernelObject> objects(BitSet including) {
        Set<SortedSet<KernelObject>> sets = Collections.newSetFromMap(new IdentityHashMap<>());
        including.stream().forEach(number -> sets.add(unitObjects.get(number)));
        SortedSet<KernelObject> objects = new TreeSet<>();
        for (SortedSet<KernelObject> set : sets) {
            objects.addAll(set);
        }
        return objects;
    }

    private FilePresence notCompiled(SourcePath path) {
        if (buildInputs.contains(path.text())) {
            return new FilePresence.Unknown("It was read by the build, but not for a unit that is linked into"
                    + " the kernel: what of it got there is not recorded.");
        }
        if (mentioned.contains(path.text())) {
            return new FilePresence.Unknown(
                    "It may have been used: a unit names it in an #include, or a makefile under a"
                            + " condition, and only a build decides whether that counts.");
        }
        if (!source.isKnown()) {
            return new FilePresence.Unknown("It is not among the files that the build names; " + source.whyNot());
        }
        if (!source.files().contains(path.text())) {
            return new FilePresence.Unknown("This kernel's source has no such file.");
        }
        Optional<String> apart = kinds.whyNoPart(path, whyUnfinished.isEmpty());
        if (apart.isPresent()) {
            return new FilePresence.Absent(apart.get());
        }
        Optional<String> unrecorded = kinds.whyNotRecorded(path).or(() -> coverage.whyUnseen(path));
        if (unrecorded.isPresent()) {
            return new FilePresence.Unknown(unrecorded.get());
        }
        if (whyUnfinished.isPresent()) {
            return new FilePresence.Unknown("It may not have been compiled yet: " + whyUnfinished.get());
        }
        return new FilePresence.Absent("This build neither compiled nor included it.");
    }
}
