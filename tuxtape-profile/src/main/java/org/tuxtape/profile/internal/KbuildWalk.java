package org.tuxtape.profile.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Descends through the source as Kbuild does, and finds what it would compile for vmlinux and the modules: the lists
 * {@code obj-y}, {@code obj-m} and {@code lib-y} of each directory's makefile, and the parts of composite objects.
 *
 * <p>What it cannot tell is a doubt about a directory: there, and below, nothing counts as left out.
 *
 * @see <a href="https://docs.kernel.org/kbuild/makefiles.html">Linux Kernel Makefiles</a>
 */
final class KbuildWalk {
    private static final int MOST_DIRECTORIES = 50_000;
    private static final List<String> BUILT_IN = List.of("-objs", "-y");
    private static final List<String> MODULAR = List.of("-objs", "-y", "-m");
    private static final String TIMESTAMP = "init/version-timestamp";

    private final Function<String, Optional<String>> files;
    private final SourceListing listing;
    private final MakeScope inherited;
    private final Set<String> libraries;
    private final long[] steps;
    private final Deque<Directory> open = new ArrayDeque<>();
    private final Set<Directory> seen = new HashSet<>();
    private final Map<String, Unit> units = new TreeMap<>();
    private final Map<String, String> doubts = new TreeMap<>();
    private final Map<String, Made> evaluated = new HashMap<>();
    private final SortedSet<String> generated = new TreeSet<>();

    /**
     * A directory to descend into.
     *
     * @param path with a slash at the end; empty for the source itself
     * @param builtIn whether its built-in objects become part of vmlinux
     */
    private record Directory(String path, boolean builtIn) {}

    /** What one directory's makefile says. */
    private record Made(Makefile makefile, boolean exists) {}

    /**
     * What a walk found.
     *
     * @param units the units
     * @param generated those of them that the source does not have
     * @param doubts directories of which not all is known, with a slash at the end, and why
     */
    record Result(List<Unit> units, SortedSet<String> generated, Map<String, String> doubts) {}

    /**
     * @param files returns the text of a file of the source
     * @param inherited the variables that every directory's makefile sees
     * @param libraries the directories, with a slash at the end, whose lib.a is part of vmlinux
     * @param steps counts the work
     */
    KbuildWalk(
            Function<String, Optional<String>> files,
            SourceListing listing,
            MakeScope inherited,
            Set<String> libraries,
            long[] steps) {
        this.files = files;
        this.listing = listing;
        this.inherited = inherited;
        this.libraries = Set.copyOf(libraries);
        this.steps = steps;
    }

    /** Notes what the makefiles above all directories left open. */
    void doubt(String directory, List<String> reasons) {
        reasons.forEach(reason -> doubts.putIfAbsent(directory, reason));
    }

    /**
     * Walks.
     *
     * @param roots what is built in at the top, as obj-y has it
     */
    Result walk(List<String> roots, Task task) {
        take("", roots, Set.of(KernelObject.VMLINUX), true);
        for (Directory directory = open.poll(); directory != null; directory = open.poll()) {
            task.throwIfCancelled();
            visit(directory);
            task.advance(seen.size());
        }
        if (source(TIMESTAMP).isPresent()) {
            add(TIMESTAMP, Set.of(KernelObject.VMLINUX), Optional.empty());
        }
        return new Result(List.copyOf(units.values()), generated, doubts);
    }

    private void visit(Directory directory) {
        Made made = evaluated.computeIfAbsent(directory.path(), this::evaluate);
        if (!made.exists()) {
            doubts.putIfAbsent(directory.path(), "it has no makefile");
            return;
        }
        Makefile makefile = made.makefile();
        doubt(directory.path(), makefile.doubts());
        List<String> builtIn = words(directory.path(), makefile, "obj-y");
        Set<String> modular = new LinkedHashSet<>(words(directory.path(), makefile, "obj-m"));
        builtIn.forEach(modular::remove);
        for (String name : builtIn) {
            if (name.endsWith("/")) {
                descend(directory.path() + name, directory.builtIn());
            } else if (directory.builtIn()) {
                take(
                        directory.path(),
                        parts(name, makefile, BUILT_IN, directory.path()),
                        Set.of(KernelObject.VMLINUX),
                        true);
            }
        }
        for (String name : modular) {
            if (name.endsWith("/")) {
                descend(directory.path() + name, false);
            } else {
                module(directory.path(), name, makefile);
            }
        }
        if (libraries.contains(directory.path())) {
            List<String> members = new ArrayList<>(words(directory.path(), makefile, "lib-y"));
            members.addAll(words(directory.path(), makefile, "lib-m"));
            members.removeAll(builtIn);
            take(directory.path(), members, Set.of(KernelObject.VMLINUX), false);
        }
    }

    private void module(String directory, String name, Makefile makefile) {
        String path = MakeText.basename(Makefile.normal(directory + name));
        if (name.endsWith(".o") && SourcePath.tryParse(path).isPresent() && !path.endsWith(".ko")) {
            KernelObject module = KernelObject.module(path);
            take(directory, parts(name, makefile, MODULAR, directory), Set.of(module), false);
        }
    }

    /** Adds object files to what they are part of; directories among them are descended into. */
    private void take(String directory, List<String> names, Set<KernelObject> objects, boolean builtIn) {
        for (String name : names) {
            if (name.endsWith("/")) {
                descend(directory + name, builtIn);
            } else if (name.endsWith(".o")) {
                add(
                        Makefile.normal(directory + name.substring(0, name.length() - 2)),
                        objects,
                        Optional.ofNullable(evaluated.get(directory)).map(Made::makefile));
            }
        }
    }

    private void descend(String path, boolean builtIn) {
        String normal = Makefile.normal(path);
        Directory directory = new Directory(normal.isEmpty() ? "" : normal + "/", builtIn);
        if (seen.size() >= MOST_DIRECTORIES) {
            throw new MakeExpander.TooMuch();
        }
        if (seen.add(directory)) {
            open.add(directory);
        }
    }

    private Made evaluate(String directory) {
        MakeScope scope = inherited.copy();
        String path = directory.isEmpty() ? "." : directory.substring(0, directory.length() - 1);
        scope.set("obj", path, false);
        scope.set("src", path, false);
        Makefile makefile = new Makefile(scope, files, listing, steps);
        boolean exists = makefile.include(directory + "Kbuild")
                || (!directory.isEmpty() && makefile.include(directory + "Makefile"));
        return new Made(makefile, exists);
    }

    private List<String> words(String directory, Makefile makefile, String variable) {
        List<String> known = new ArrayList<>();
        for (String word : MakeText.words(makefile.value(variable))) {
            if (word.contains(MakeExpander.UNKNOWN)) {
                doubts.putIfAbsent(directory, "only a build can tell all of " + variable);
            } else if (!known.contains(word)) {
                known.add(word);
            }
        }
        return known;
    }

    /** If any of the lists of parts is not empty, also the one that is switched off, an object is a composite one. */
    private List<String> parts(String name, Makefile makefile, List<String> suffixes, String directory) {
        List<String> parts = new ArrayList<>();
        if (!name.endsWith(".o")) {
            return parts;
        }
        String stem = name.substring(0, name.length() - 2);
        for (String suffix : suffixes) {
            parts.addAll(words(directory, makefile, stem + suffix));
        }
        if (parts.isEmpty() && makefile.value(stem + "-").isBlank()) {
            parts.add(name);
        }
        return parts;
    }

    private void add(String stem, Set<KernelObject> objects, Optional<Makefile> makefile) {
        Optional<String> path = source(stem)
                .or(() -> makefile.flatMap(
                        rules -> Optional.ofNullable(rules.objectSources().get(stem + ".o"))))
                .or(() -> Optional.of(made(stem, makefile)));
        path.filter(file -> SourcePath.tryParse(file).isPresent()).ifPresent(file -> {
            if (!listing.contains(file)) {
                generated.add(file);
            }
            units.merge(
                    file, new Unit(new SourcePath(file), new TreeSet<>(objects), new TreeSet<>(), false), Unit::merge);
        });
    }

    /** What the source does not have the build makes: in C, unless a rule says otherwise. */
    private static String made(String stem, Optional<Makefile> makefile) {
        return Stream.of(stem + ".S", stem + ".rs")
                .filter(file -> makefile.filter(rules -> rules.madeSources().contains(file))
                        .isPresent())
                .findFirst()
                .orElse(stem + ".c");
    }

    /** Kbuild looks for the source of an object in this order. */
    private Optional<String> source(String stem) {
        for (String extension : List.of(".c", ".S", ".rs")) {
            if (listing.contains(stem + extension)) {
                return Optional.of(stem + extension);
            }
        }
        return Optional.empty();
    }
}
