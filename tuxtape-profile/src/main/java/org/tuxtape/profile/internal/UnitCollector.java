package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Sorts what was compiled: units of the kernel, and what served the build alone, such as host programs.
 *
 * <p>An object file that is linked into nothing is, in a finished build, left from another configuration or meant for
 * something that was not built: it makes no unit. In an unfinished build it may yet be linked, and makes a unit that
 * ends in the object file itself.
 */
final class UnitCollector {
    private final BuildPaths paths;
    private final Linkage linkage;
    private final boolean finished;
    private final TreeMap<String, Unit> units = new TreeMap<>();
    private final Map<CmdFile, String> unitFiles = new HashMap<>();
    private final Set<String> buildInputs = new HashSet<>();
    private final List<String> unlinked = new ArrayList<>();
    private final List<String> outside = new ArrayList<>();
    private final List<String> onDemand = new ArrayList<>();
    private final Map<TokenTable, List<Optional<String>>> resolved = new HashMap<>();

    /**
     * What was collected.
     *
     * @param compiled the units and what they include
     * @param unlinked object files of the kernel that are linked into nothing
     * @param outside object files whose source lies outside of the tree
     * @param onDemand object files that are part of vmlinux only if something there needs them
     */
    record Result(CompiledUnits compiled, List<String> unlinked, List<String> outside, List<String> onDemand) {}

    private UnitCollector(BuildRecords records, boolean finished) {
        this.paths = records.paths();
        this.linkage = records.linkage();
        this.finished = finished;
    }

    /**
     * Collects the units.
     *
     * @param finished whether the build was, so that what is linked into nothing will stay so
     */
    static Result collect(BuildRecords records, boolean finished) {
        UnitCollector collector = new UnitCollector(records, finished);
        records.files().forEach(collector::collectUnit);
        return collector.finish(records.files());
    }

    private void collectUnit(CmdFile file) {
        Optional<String> source = file.source().flatMap(paths::resolve);
        if (!file.isCompilation() || isMadeByLinker(file)) {
            return;
        }
        String target = file.target();
        SortedSet<KernelObject> kernel = linkage.kernelObjects(target);
        if (source.isEmpty()) {
            if (!kernel.isEmpty()) {
                outside.add(target);
            }
            return;
        }
        if (kernel.isEmpty() && (!file.command().kernelCode() || servesBuild(target))) {
            return;
        }
        SortedSet<KernelObject> elsewhere = kernel.isEmpty() ? elsewhere(target) : Collections.emptySortedSet();
        if (kernel.isEmpty() && elsewhere.isEmpty()) {
            return;
        }
        if (linkage.isOnDemand(target)) {
            onDemand.add(target);
        }
        Unit unit = new Unit(SourcePath.parse(source.get()), kernel, elsewhere, target.endsWith(".s"));
        units.merge(source.get(), unit, Unit::merge);
        unitFiles.put(file, source.get());
    }

    private SortedSet<KernelObject> elsewhere(String target) {
        SortedSet<KernelObject> objects = new TreeSet<>();
        for (String image : linkage.images(target)) {
            objects.add(new KernelObject(image));
        }
        if (objects.isEmpty() && target.endsWith(".s")) {
            objects.add(new KernelObject(target));
        } else if (objects.isEmpty()) {
            unlinked.add(target);
            if (!finished) {
                objects.add(new KernelObject(target));
            }
        }
        return objects;
    }

    /** {@code x.mod.c} from modpost, {@code .vmlinux.export.c}: tables written while linking, with no source. */
    private static boolean isMadeByLinker(CmdFile file) {
        String source = file.source().orElse("");
        String name = source.substring(source.lastIndexOf('/') + 1);
        return name.startsWith(".") || name.endsWith(".mod.c");
    }

    private static boolean servesBuild(String target) {
        return target.startsWith("scripts/") || target.startsWith("tools/");
    }

    private Result finish(List<CmdFile> files) {
        List<String> order = new ArrayList<>(units.keySet());
        Map<String, Integer> numbers = new HashMap<>();
        order.forEach(path -> numbers.put(path, numbers.size()));
        Map<String, BitSet> includers = new HashMap<>();
        for (CmdFile file : files) {
            String unit = unitFiles.get(file);
            List<Optional<String>> names = resolved.computeIfAbsent(file.tokens(), paths::resolveAll);
            if (unit == null) {
                file.source().flatMap(paths::resolve).ifPresent(buildInputs::add);
                file.dependencies().forEach(token -> names.get(token).ifPresent(buildInputs::add));
            } else {
                int number = numbers.getOrDefault(unit, -1);
                file.dependencies()
                        .forEach(token -> names.get(token)
                                .ifPresent(path -> includers
                                        .computeIfAbsent(path, key -> new BitSet(order.size()))
                                        .set(number)));
            }
        }
        return new Result(
                new CompiledUnits(List.copyOf(units.values()), CompiledUnits.sharing(includers), buildInputs, Set.of()),
                unlinked,
                outside,
                onDemand);
    }
}
