package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * Who else has his hand on the functions of a livepatch: ftrace and its users, and kprobes. These files are for root only.
 *
 * @see <a href="https://docs.kernel.org/trace/ftrace.html">ftrace, enabled_functions</a>
 * @see <a href="https://docs.kernel.org/trace/kprobes.html">kprobes, the debugfs interface</a>
 */
final class Tracing {
    // print_rec and t_show of kernel/trace/ftrace.c: name, [module], number of users, one column per flag.
    private static final Pattern ENABLED = Pattern.compile("(\\S+)(?: \\[(\\S+)])? \\((\\d+)\\)(.*)");
    private static final Pattern FLAGS = Pattern.compile("[ RIDOM]{1,14}");
    // report_probe of kernel/kprobes.c: address, kind, symbol+offset, module, state.
    private static final Pattern PROBE =
            Pattern.compile("[0-9a-f]+\\s+([kr])\\s+(\\S+)\\+0x([0-9a-f]+)\\s+(\\w+)?\\s*((?:\\[\\w+])*)\\s*");
    private static final String LIVEPATCH = "klp_ftrace_handler";

    private final Map<Place, Use> uses = new HashMap<>();
    private final Map<Place, List<Probe>> probes = new HashMap<>();
    private final Set<Place> traceable = new HashSet<>();
    private final boolean usesKnown;
    private final boolean probesKnown;
    private final boolean traceableKnown;

    Tracing(KernelFiles files, Set<PatchedFunction> functions) {
        Set<Place> wanted = new HashSet<>();
        functions.forEach(function -> wanted.add(Place.of(function)));
        Path kernel = files.sys().resolve("kernel");
        Path debug = kernel.resolve("debug");
        List<Path> roots = List.of(kernel.resolve("tracing"), debug.resolve("tracing"));
        this.usesKnown = roots.stream()
                .anyMatch(root -> KernelLines.read(root.resolve("enabled_functions"), line -> use(line, wanted)));
        this.traceableKnown = roots.stream()
                .anyMatch(root ->
                        KernelLines.read(root.resolve("available_filter_functions"), line -> traceable(line, wanted)));
        this.probesKnown = KernelLines.read(debug.resolve("kprobes").resolve("list"), line -> probe(line, wanted));
    }

    private void use(String line, Set<Place> wanted) {
        Matcher matcher = ENABLED.matcher(line);
        if (matcher.matches()) {
            Place place = new Place(matcher.group(2) == null ? "vmlinux" : matcher.group(2), matcher.group(1));
            if (wanted.contains(place)) {
                Matcher flags = FLAGS.matcher(matcher.group(4));
                String set = flags.lookingAt() ? flags.group() : "";
                uses.merge(place, new Use(set.contains("I"), set.contains("D"), line.contains(LIVEPATCH)), Use::or);
            }
        }
    }

    private void traceable(String line, Set<Place> wanted) {
        String[] words = line.split(" ", 2);
        String object =
                words.length > 1 && words[1].startsWith("[") ? words[1].substring(1, words[1].length() - 1) : "vmlinux";
        Place place = new Place(object, words[0]);
        if (wanted.contains(place)) {
            traceable.add(place);
        }
    }

    private void probe(String line, Set<Place> wanted) {
        Matcher matcher = PROBE.matcher(line);
        if (matcher.matches()) {
            Place place = new Place(matcher.group(4) == null ? "vmlinux" : matcher.group(4), matcher.group(2));
            if (wanted.contains(place) && !matcher.group(5).contains("GONE")) {
                probes.computeIfAbsent(place, key -> new ArrayList<>())
                        .add(new Probe(matcher.group(3), matcher.group(5).contains("FTRACE")));
            }
        }
    }

    /** What could not be looked at, in words that follow "not readable:". */
    List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        if (!usesKnown) {
            unknown.add("enabled_functions of tracefs");
        }
        if (!probesKnown) {
            unknown.add("the list of kprobes in debugfs");
        }
        return unknown;
    }

    /** Whether somebody who is no livepatch changes where a call of the function goes. */
    boolean isHeld(PatchedFunction function) {
        Use use = uses.get(Place.of(function));
        return use != null && use.redirects() && !use.byLivepatch();
    }

    /** Whether somebody calls his own code directly from the function's entry, as BPF does. */
    boolean isCalledDirectly(PatchedFunction function) {
        Use use = uses.get(Place.of(function));
        return use != null && use.direct();
    }

    /** The kprobes on a function, as {@code name+0x0}. */
    List<String> probes(PatchedFunction function) {
        return probes.getOrDefault(Place.of(function), List.of()).stream()
                .map(probe -> function.name() + "+0x" + probe.offset())
                .toList();
    }

    /** Whether a kprobe on the function goes through ftrace, which may make it the one who holds it. */
    boolean hasProbeThroughFtrace(PatchedFunction function) {
        return probes.getOrDefault(Place.of(function), List.of()).stream().anyMatch(Probe::throughFtrace);
    }

    /** Whether ftrace, when asked, does not list the function; another name of it may be listed. */
    boolean isUnlisted(PatchedFunction function) {
        return traceableKnown && !traceable.contains(Place.of(function));
    }

    private record Place(String object, String name) {
        static Place of(PatchedFunction function) {
            return new Place(function.object().moduleName(), function.name());
        }
    }

    private record Use(boolean redirects, boolean direct, boolean byLivepatch) {
        Use or(Use other) {
            return new Use(redirects || other.redirects, direct || other.direct, byLivepatch || other.byLivepatch);
        }
    }

    private record Probe(String offset, boolean throughFtrace) {}
}
