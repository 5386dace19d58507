package org.tuxtape.profile.internal;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.Context;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;
import org.tuxtape.profile.internal.DebugUnits.DebugUnit;

/** Reads the debug info of vmlinux and modules: each unit becomes one of the object that its file is. */
public final class DebugInfoReader {
    private static final int DEEPEST = 64;
    private static final int MOST_FILES = 200_000;
    private static final String MAIN = "/init/main.c";
    private static final String INSTALLED = "kernel/";
    private static final String ORDER = "modules.order";

    private static final Coverage UNITS = new Coverage(
            new TreeSet<>(Set.of("c", "rs")),
            "Debug info names only the headers that left something in it, and no assembly without code: it may have"
                    + " been used.",
            false);

    private final List<Path> named;
    private final Origin origin;
    private final Findings findings = new Findings();
    private final DebugUnits debug = new DebugUnits();
    private final Map<String, List<DebugUnit>> units = new TreeMap<>();
    private final List<String> bare = new ArrayList<>();
    private final Set<String> functions = new HashSet<>();
    private Optional<KernelBuild> kernel = Optional.empty();

    /**
     * Prepares to read.
     *
     * @param named files, and directories with files
     * @param origin what else is known of the build
     */
    public DebugInfoReader(List<Path> named, Origin origin) {
        this.named = List.copyOf(named);
        this.origin = origin;
    }

    /**
     * Reads the files.
     *
     * @param context told of the task {@code read debug info}, counted in files
     */
    public Contents read(Context context) {
        List<DebugFile> files = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        named.forEach(path -> find(path, files, expected));
        files.sort(null);
        return Task.run(
                context,
                "read debug info",
                OptionalLong.of(files.size()),
                "files",
                task -> read(files, expected, task));
    }

    private Contents read(List<DebugFile> files, Set<String> expected, Task task) {
        long done = 0;
        for (DebugFile file : files) {
            task.throwIfCancelled();
            readFile(file);
            task.advance(++done);
        }
        if (units.isEmpty()) {
            throw Faults.of(named.get(0), Fault.NOT_BUILT, "holds no debug info of a kernel");
        }
        judge(expected);
        List<String> outside = new ArrayList<>();
        CompiledUnits compiled = compiled(paths(), outside);
        findings.note(outside, "Compiled from a source outside of the tree");
        return origin.complete(
                "debug info " + named.get(0),
                compiled,
                UNITS,
                origin.source(Optional.empty(), kernel.map(KernelBuild::version), task),
                source -> kernel.orElseThrow(
                        () -> Faults.of(named.get(0), Fault.NO_VERSION, "does not say which kernel it is of")),
                Optional.empty(),
                functions.isEmpty() ? Optional.empty() : Optional.of(new SystemMap(NameSet.of(functions))),
                findings,
                task);
    }

    private void readFile(DebugFile file) {
        try {
            ElfFile elf = ElfFile.of(file.bytes());
            Optional<String> module = file.module();
            List<DebugUnit> found = debug.read(elf);
            String object = module.map(name -> moduleName(name, file, found)).orElse(KernelObject.VMLINUX.name());
            if (found.isEmpty()) {
                bare.add(object);
            } else {
                units.computeIfAbsent(object, key -> new ArrayList<>()).addAll(found);
            }
            if (kernel.isEmpty() || module.isEmpty()) {
                kernel = ImageIdentity.kernel(elf, module.isEmpty()).or(() -> kernel);
            }
            if (module.isEmpty()) {
                functions.addAll(ImageIdentity.functions(elf));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new ProfileException(
                    file.path().toString(), Fault.DAMAGED, file.path() + " is damaged (" + e.getMessage() + ").", e);
        } catch (InternalError e) {
            // What a mapped file answers when another process has cut it short.
            throw new ProfileException(
                    file.path().toString(), Fault.DAMAGED, file.path() + " changed while it was read.", e);
        }
    }

    /** A file that the caller names itself has no path: its units lie below its own directory. */
    private static String moduleName(String name, DebugFile file, List<DebugUnit> units) {
        if (name.indexOf('/') >= 0 || units.isEmpty() || !file.relative().equals(name(file.path()))) {
            return name;
        }
        String directory = parent(units.get(0).name());
        for (DebugUnit unit : units) {
            while (!unit.name().startsWith(directory + "/") && !directory.isEmpty()) {
                directory = parent(directory);
            }
        }
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    /** Decides whether all of the kernel was seen: only then does "not named" mean "left out". */
    private void judge(Set<String> expected) {
        if (!units.containsKey(KernelObject.VMLINUX.name())) {
            findings.unfinished("There is no debug info of vmlinux.");
        }
        findings.unfinished(bare, "There is no debug info of a part of the kernel");
        Set<String> missing = new TreeSet<>(expected);
        // Older kernels put kernel/ before the names, as installed ones have it.
        missing.removeIf(
                name -> isRead(name) || (name.startsWith(INSTALLED) && isRead(name.substring(INSTALLED.length()))));
        findings.unfinished(missing, "There is no debug info of modules that were built");
        boolean modular = functions.isEmpty() || functions.contains("load_module");
        if (expected.isEmpty() && modular) {
            findings.unfinished("There is no modules.order that tells which modules were built.");
        }
    }

    private boolean isRead(String object) {
        return units.containsKey(object) || bare.contains(object);
    }

    /** The source lay where the compiler ran, or, for a build with O=, before init/main.c in the path of that. */
    private BuildPaths paths() {
        Map<String, Integer> roots = new HashMap<>();
        Set<String> directories = new TreeSet<>();
        for (List<DebugUnit> list : units.values()) {
            for (DebugUnit unit : list) {
                if (unit.name().endsWith(MAIN)) {
                    roots.merge(unit.name().substring(0, unit.name().length() - MAIN.length()), 1, Integer::sum);
                }
                directories.add(unit.directory());
            }
        }
        return BuildPaths.of(roots, directories);
    }

    private CompiledUnits compiled(BuildPaths paths, List<String> outside) {
        Map<String, Optional<String>> resolved = new HashMap<>();
        List<Unit> found = new ArrayList<>();
        Map<String, Collection<String>> included = new HashMap<>();
        units.forEach((name, list) -> {
            Optional<KernelObject> object = object(name, paths);
            for (DebugUnit unit : list) {
                Optional<String> path = paths.resolve(unit.name());
                if (path.isEmpty() || object.isEmpty()) {
                    outside.add(unit.name());
                } else if (!isMadeByLinker(path.get())) {
                    found.add(new Unit(
                            new SourcePath(path.get()), new TreeSet<>(Set.of(object.get())), new TreeSet<>(), false));
                    Collection<String> files = included.computeIfAbsent(path.get(), key -> new ArrayList<>());
                    for (String file : unit.files()) {
                        resolved.computeIfAbsent(file, paths::resolve).ifPresent(files::add);
                    }
                }
            }
        });
        return CompiledUnits.of(found, included);
    }

    private static Optional<KernelObject> object(String name, BuildPaths paths) {
        return (name.startsWith("/") ? paths.resolve(name) : Optional.of(name))
                .filter(path -> SourcePath.tryParse(path).isPresent() && !path.endsWith(".ko"))
                .map(KernelObject::new);
    }

    private static boolean isMadeByLinker(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith(".") || name.endsWith(".mod.c");
    }

    private static void find(Path path, List<DebugFile> files, Set<String> expected) {
        try {
            Path real = path.toRealPath();
            if (!Files.isDirectory(real)) {
                files.add(new DebugFile(real, name(real)));
                return;
            }
            Files.walkFileTree(real, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String relative = real.relativize(file).toString();
                    if (attributes.isRegularFile() && DebugFile.isNamedSo(relative)) {
                        files.add(new DebugFile(file, relative));
                    }
                    if (files.size() > MOST_FILES) {
                        throw Faults.of(path, Fault.LIMIT_EXCEEDED, "holds more than " + MOST_FILES + " modules");
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
            TreeFiles.in(real).text(ORDER).ifPresent(order -> expect(order, expected));
        } catch (IOException e) {
            throw Faults.of(path, e);
        }
    }

    private static void expect(String order, Set<String> expected) {
        order.lines()
                .map(String::strip)
                .filter(line -> line.endsWith(".ko") || line.endsWith(".o"))
                .map(line -> line.substring(0, line.lastIndexOf('.')))
                .forEach(expected::add);
    }
}
