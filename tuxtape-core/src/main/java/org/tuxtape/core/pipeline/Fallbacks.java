package org.tuxtape.core.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.triage.Barrier;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.ModuleState;
import org.tuxtape.core.triage.Reach;

/** Finds what remains for one CVE. Each measure follows from evidence that it names; where there is none, there is none. */
record Fallbacks(Finding finding, KernelBuild kernel, KernelTraits traits) {

    Fallback fallback() {
        Optional<Reach> reach = Reach.of(cve(), finding.verdict(), traits);
        List<Measure> measures = new ArrayList<>();
        reach.ifPresent(found -> setting(found).ifPresent(measures::add));
        measures.addAll(denials());
        measures.addAll(releases());
        reach.ifPresent(found -> option(found).ifPresent(measures::add));
        return new Fallback(cve().id(), measures, exposure(reach));
    }

    private Cve cve() {
        return finding.cve();
    }

    private Optional<Measure> setting(Reach reach) {
        return openBarrier(reach)
                .flatMap(barrier -> barrier.setting()
                        .filter(setting -> isOn(setting.option()))
                        .map(setting -> new Measure.SetSysctl(
                                setting.name(),
                                setting.value(),
                                way(reach, barrier) + " With this setting it is " + barrier.left()
                                        + ". What relies on it for other users stops working.")));
    }

    private Optional<Measure> option(Reach reach) {
        return openBarrier(reach)
                .map(barrier -> new Measure.ChangeOption(
                        barrier.option(),
                        barrier.closed(),
                        way(reach, barrier) + " In a kernel built so it is " + barrier.left()
                                + ". That takes a new kernel and a boot."));
    }

    /** An option that is not known says nothing about the way. */
    private Optional<Barrier> openBarrier(Reach reach) {
        return reach.barrier().filter(barrier -> value(barrier).isPresent());
    }

    private Optional<ConfigValue> value(Barrier barrier) {
        return Optional.ofNullable(traits.options().get(barrier.option()));
    }

    private boolean isOn(ConfigSymbol option) {
        ConfigValue value = traits.options().get(option);
        return value != null && value.isEnabled();
    }

    private String way(Reach reach, Barrier barrier) {
        return reach.file() + " is " + reach.who() + ", and " + barrier.option() + " is "
                + value(barrier).map(ConfigValue::text).orElse("unknown") + ".";
    }

    private List<Measure> denials() {
        return finding.verdict()
                .files()
                .filter(Fallbacks::isInModulesOnly)
                .map(files -> files.objects().stream()
                        .filter(module ->
                                state(module).filter(ModuleState.DENIED::equals).isEmpty())
                        .map(module -> denial(module, files))
                        .toList())
                .orElse(List.of());
    }

    /**
     * Code that is in the kernel image or in another one cannot be kept out, so neither can the rest of it; nor can what
     * may be there: a file of which nothing is known, or a header that others include as well.
     */
    private static boolean isInModulesOnly(Evidence.Files files) {
        SortedSet<KernelObject> objects = files.objects();
        return files.outcome() == Evidence.Files.Outcome.COMPILED
                && objects.stream().allMatch(KernelObject::isModule)
                && files.files().values().stream().allMatch(presence -> isWithin(presence, objects));
    }

    private static boolean isWithin(FilePresence presence, SortedSet<KernelObject> objects) {
        if (presence instanceof FilePresence.Compiled unit) {
            return objects.containsAll(unit.objects());
        }
        if (presence instanceof FilePresence.Included part) {
            return objects.containsAll(part.objects());
        }
        return presence instanceof FilePresence.Absent;
    }

    private Measure denial(KernelObject module, Evidence.Files files) {
        String name = module.moduleName();
        return new Measure.DenyModule(
                module,
                "install " + name + " /bin/false",
                state(module).map(ModuleState.LOADED::equals),
                files.reason() + " It is in no part of the kernel image; without " + name
                        + " what needs it stops working.");
    }

    private Optional<ModuleState> state(KernelObject module) {
        return Optional.ofNullable(states().get(module));
    }

    private SortedMap<KernelObject, ModuleState> states() {
        return finding.verdict().runTime().map(Evidence.RunTime::modules).orElseGet(TreeMap::new);
    }

    /** The next release of the kernel's own branch, or else the nearest newer one of another. */
    private List<Measure> releases() {
        List<Change> fixes = cve().ranges().stream()
                .map(AffectedRange::fixed)
                .flatMap(Optional::stream)
                .filter(fix -> fix.version().isPresent())
                .toList();
        List<Change> own = fixes.stream()
                .filter(fix -> version(fix).isOnBranchOf(kernel.version()))
                .toList();
        return first(newer(own))
                .or(() -> first(own.stream()))
                .or(() -> first(newer(fixes)))
                .map(fix -> List.<Measure>of(release(fix, !own.isEmpty())))
                .orElse(List.of());
    }

    private Stream<Change> newer(List<Change> fixes) {
        return fixes.stream().filter(fix -> version(fix).compareTo(kernel.version()) > 0);
    }

    private static Optional<Change> first(Stream<Change> fixes) {
        return fixes.min(Comparator.comparing(Fallbacks::version));
    }

    private static KernelVersion version(Change fix) {
        return fix.version().orElseThrow();
    }

    private Measure release(Change fix, boolean isOnBranch) {
        KernelVersion version = version(fix);
        StringBuilder evidence = new StringBuilder("The record says that it is fixed in " + fix + ".");
        if (!isOnBranch) {
            evidence.append(" For ").append(kernel.version().branch()).append(" it names no fix.");
        } else if (version.compareTo(kernel.version()) <= 0) {
            evidence.append(" This kernel says of itself that it is not older, but its source lacks the fix.");
        }
        if (kernel.hasVendorSuffix()) {
            evidence.append(" This kernel is a vendor's, who may have the fix in a release of another number.");
        }
        return new Measure.BootInto(version, isOnBranch, fix.commit(), evidence.toString());
    }

    private String exposure(Optional<Reach> reach) {
        String who = reach.map(found -> found.file() + " is " + found.who() + ".")
                .orElse("It is not known who can reach the code.");
        String where = states().entrySet().stream()
                .map(state -> state.getKey() + " is " + state.getValue() + ".")
                .collect(Collectors.joining(" "));
        return where.isEmpty() ? who : who + " On this machine " + where;
    }
}
