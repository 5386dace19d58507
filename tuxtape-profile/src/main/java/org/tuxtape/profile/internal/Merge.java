package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;

/** Puts together what several origins tell of one build. The surest leads; the others fill in. */
public final class Merge {
    private final Contents lead;
    private final List<Contents> others;
    private final List<Difference> differences = new ArrayList<>();

    /** What can differ. */
    public enum Kind {
        /** The name of the kernel. */
        KERNEL,
        /** The objects of a unit. */
        OBJECTS,
        /** Whether a file was compiled. */
        COMPILED,
        /** An option. */
        OPTION
    }

    /** Something of which another origin says something else. */
    public record Difference(Kind kind, String subject, String kept, String other, String origin) {}

    /** What came of it. */
    public record Result(Contents contents, List<Difference> differences) {
        /** Copies the list. */
        public Result {
            differences = List.copyOf(differences);
        }
    }

    private Merge(List<Contents> all) {
        List<Contents> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparingInt(Merge::sureness).reversed());
        this.lead = ordered.get(0);
        this.others = ordered.subList(1, ordered.size());
    }

    /** Merges contents, at least one. */
    public static Result of(List<Contents> all) {
        return new Merge(all).merge();
    }

    private static int sureness(Contents contents) {
        Set<String> extensions = contents.coverage().extensions();
        int kinds = isRecord(contents) ? 3 : extensions.isEmpty() ? 1 : 2;
        return contents.whyUnfinished().isPresent() ? 0 : kinds;
    }

    /** Tells whether it is the build's own record of all that a compiler read. */
    private static boolean isRecord(Contents contents) {
        return contents.coverage().extensions().contains("h");
    }

    private Result merge() {
        SourceFiles source = first(contents -> Optional.of(contents.source()).filter(SourceFiles::isKnown))
                .orElse(lead.source());
        KernelBuild kernel = kernel();
        CompiledUnits compiled = units(source);
        compareOptions();
        Contents merged = new Contents(
                all().map(Contents::origin).collect(Collectors.joining(" with ")),
                kernel,
                compiled,
                all().flatMap(contents -> contents.listed().stream()).collect(Collectors.toCollection(TreeSet::new)),
                source,
                lead.source().isKnown() ? lead.kinds() : FileKinds.ofUnits(compiled, source),
                lead.coverage(),
                first(Contents::config),
                first(Contents::symbols),
                all().flatMap(contents -> contents.notes().stream()).distinct().toList(),
                lead.whyUnfinished());
        return new Result(merged, differences);
    }

    private Stream<Contents> all() {
        return Stream.concat(Stream.of(lead), others.stream());
    }

    private <T> Optional<T> first(Function<Contents, Optional<T>> part) {
        return all().flatMap(contents -> part.apply(contents).stream()).findFirst();
    }

    private KernelBuild kernel() {
        KernelBuild own = lead.kernel();
        for (Contents other : others) {
            compare(
                    "release",
                    Optional.of(own.release()),
                    Optional.of(other.kernel().release()),
                    other);
            compare(
                    "version",
                    Optional.of(own.version()),
                    Optional.of(other.kernel().version()),
                    other);
            compare("architecture", own.architecture(), other.kernel().architecture(), other);
            compare("compiler", own.compiler(), other.kernel().compiler(), other);
            compare("config", own.configDigest(), other.kernel().configDigest(), other);
        }
        return new KernelBuild(
                own.release(),
                own.version(),
                first(contents -> contents.kernel().architecture()),
                first(contents -> contents.kernel().compiler()),
                first(contents -> contents.kernel().configDigest()));
    }

    private void compare(String subject, Optional<?> kept, Optional<?> other, Contents origin) {
        if (kept.isPresent() && other.isPresent() && !kept.get().equals(other.get())) {
            differ(Kind.KERNEL, subject, kept.get().toString(), other.get().toString(), origin);
        }
    }

    private void differ(Kind kind, String subject, String kept, String other, Contents origin) {
        differences.add(new Difference(kind, subject, kept, other, origin.origin()));
    }

    private CompiledUnits units(SourceFiles source) {
        SortedMap<String, Unit> units = new TreeMap<>();
        lead.compiled().units().forEach(unit -> units.put(unit.path().text(), unit));
        FileIndex index = new FileIndex(new Contents(
                lead.origin(),
                lead.kernel(),
                lead.compiled(),
                lead.listed(),
                source,
                FileKinds.ofUnits(lead.compiled(), source),
                lead.coverage(),
                lead.config(),
                lead.symbols(),
                lead.notes(),
                lead.whyUnfinished()));
        for (Contents other : others) {
            Map<String, Unit> before = Map.copyOf(units);
            for (Unit unit : other.compiled().units()) {
                join(unit, before.get(unit.path().text()), index, units, other);
            }
            FileIndex otherIndex = new FileIndex(other);
            lead.compiled().units().forEach(unit -> {
                if (otherIndex.presence(unit.path()) instanceof FilePresence.Absent) {
                    differ(Kind.COMPILED, unit.path().text(), "compiled", "absent", other);
                }
            });
        }
        return joined(units);
    }

    private void join(Unit unit, @Nullable Unit known, FileIndex index, SortedMap<String, Unit> units, Contents other) {
        String path = unit.path().text();
        if (known != null) {
            if (!known.objects().equals(unit.objects())) {
                differ(
                        Kind.OBJECTS,
                        path,
                        known.objects().toString(),
                        unit.objects().toString(),
                        other);
            }
            return;
        }
        boolean absent = index.presence(unit.path()) instanceof FilePresence.Absent;
        if (absent && isRecord(lead)) {
            differ(Kind.COMPILED, path, "absent", "compiled", other);
            return;
        }
        if (absent) {
            differ(Kind.COMPILED, path, "compiled", "absent", lead);
        }
        units.put(path, unit);
    }

    /** What units include is known of each origin by numbers of its own. */
    private CompiledUnits joined(SortedMap<String, Unit> units) {
        Map<String, Integer> numbers = new HashMap<>();
        units.keySet().forEach(path -> numbers.put(path, numbers.size()));
        Map<String, BitSet> includers = new HashMap<>();
        Set<String> inputs = new HashSet<>();
        Set<String> mentioned = new HashSet<>();
        all().map(Contents::compiled).forEach(compiled -> {
            Map<BitSet, BitSet> renumbered = new HashMap<>();
            compiled.includers().forEach((file, set) -> {
                BitSet known = renumbered.computeIfAbsent(set, same -> renumber(same, compiled.units(), numbers));
                if (!known.isEmpty()) {
                    includers
                            .computeIfAbsent(file, key -> new BitSet(units.size()))
                            .or(known);
                }
            });
            inputs.addAll(compiled.buildInputs());
            mentioned.addAll(compiled.mentioned());
        });
        if (isRecord(lead)) {
            mentioned.retainAll(lead.compiled().mentioned());
        }
        return new CompiledUnits(List.copyOf(units.values()), CompiledUnits.sharing(includers), inputs, mentioned);
    }

    private static BitSet renumber(BitSet set, List<Unit> units, Map<String, Integer> numbers) {
        BitSet renumbered = new BitSet(numbers.size());
        set.stream().forEach(number -> {
            Integer known = numbers.get(units.get(number).path().text());
            if (known != null) {
                renumbered.set(known);
            }
        });
        return renumbered;
    }

    private void compareOptions() {
        Optional<KernelConfig> kept = first(Contents::config);
        for (Contents other : others) {
            if (kept.isPresent() && other.config().isPresent()) {
                KernelConfig one = kept.get();
                KernelConfig two = other.config().get();
                Collection<String> names = new TreeSet<>(one.values().keySet());
                names.addAll(two.values().keySet());
                for (String name : names) {
                    ConfigValue value = one.valueOf(name);
                    if (!value.equals(two.valueOf(name))) {
                        differ(
                                Kind.OPTION,
                                name,
                                value.text(),
                                two.valueOf(name).text(),
                                other);
                    }
                }
            }
        }
    }
}
