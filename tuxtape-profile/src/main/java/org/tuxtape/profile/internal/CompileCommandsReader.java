package org.tuxtape.profile.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Reads a {@code compile_commands.json}: each entry becomes a unit, in the object that its macros name. */
public final class CompileCommandsReader {
    private static final int MOST_ENTRIES = 500_000;
    private static final int PROGRESS = 256;

    /** Compiled into every kernel: a list without it is that of a part. */
    private static final String MAIN = "init/main.c";

    private static final Coverage C_ONLY = new Coverage(
            new TreeSet<>(Set.of("c")),
            "A list of compile commands names neither headers nor, mostly, assembly: it may have been used.",
            true);

    private final Path file;
    private final Origin origin;
    private final Findings findings = new Findings();

    /**
     * Prepares to read.
     *
     * @param file the list
     * @param origin what else is known of the build
     */
    public CompileCommandsReader(Path file, Origin origin) {
        this.file = file;
        this.origin = origin;
    }

    /**
     * Reads the list.
     *
     * @param context told of the task {@code read FILE}, counted in entries
     */
    public Contents read(Context context) {
        return Task.run(context, "read " + file, OptionalLong.empty(), "entries", this::read);
    }

    private Contents read(Task task) {
        List<CompileCommand> commands =
                commands(task).stream().filter(CompileCommand::isKernelCode).toList();
        if (commands.isEmpty()) {
            throw Faults.of(file, Fault.NOT_BUILT, "names no unit of a kernel");
        }
        CommandPaths paths = CommandPaths.infer(commands);
        List<Unit> units = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        List<String> guessed = new ArrayList<>();
        for (CompileCommand command : commands) {
            Optional<String> source = paths.source(command);
            if (source.isEmpty()) {
                outside.add(command.file());
            } else if (!servesBuild(source.get())) {
                units.add(unit(SourcePath.parse(source.get()), command, paths, guessed));
            }
        }
        CompiledUnits compiled = CompiledUnits.of(units, Map.of());
        if (compiled.isEmpty()) {
            throw Faults.of(file, Fault.NOT_BUILT, "names no unit of a kernel");
        }
        findings.note(outside, "Compiled from a source outside of the tree");
        findings.note(guessed, "The module of some units is named after KBUILD_MODNAME, which has no dashes");
        findings.note("A list of compile commands may name units of an earlier configuration of the same tree.");
        if (compiled.units().stream().noneMatch(unit -> unit.path().text().equals(MAIN))) {
            findings.unfinished("The list is of a part of a build: " + MAIN + " is not in it.");
        }
        Path directory = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(file.toAbsolutePath());
        TreeFiles tree = TreeFiles.in(directory);
        Optional<KernelConfig> config = tree.bytes(".config").map(KernelConfig::parse);
        return origin.complete(
                "compile commands " + file,
                compiled,
                C_ONLY,
                origin.source(Optional.of(directory), KernelIdentity.builtVersion(tree), task),
                source -> KernelIdentity.of(tree, source.makefile(), config, KernelIdentity.architecture(compiled)),
                config,
                SystemMap.find(tree),
                findings,
                task);
    }

    private static boolean servesBuild(String source) {
        String name = source.substring(source.lastIndexOf('/') + 1);
        return source.startsWith("scripts/")
                || source.startsWith("tools/")
                || name.startsWith(".")
                || name.endsWith(".mod.c");
    }

    private static Unit unit(SourcePath path, CompileCommand command, CommandPaths paths, List<String> guessed) {
        SortedSet<KernelObject> none = new TreeSet<>();
        if (command.macro("MODULE").isPresent()) {
            return new Unit(path, modules(path, command, guessed), none, false);
        }
        if (Coverage.isOfImage(path.text())
                || Coverage.isOfImage(paths.object(command).orElse(""))) {
            String object =
                    paths.object(command).filter(name -> !name.endsWith(".ko")).orElse(path.text() + ".o");
            return new Unit(path, none, new TreeSet<>(Set.of(new KernelObject(object))), false);
        }
        return new Unit(path, new TreeSet<>(Set.of(KernelObject.VMLINUX)), none, false);
    }

    /** Kbuild names the module's file since 5.3, and several where they share an object; before only its name. */
    private static SortedSet<KernelObject> modules(SourcePath path, CompileCommand command, List<String> guessed) {
        SortedSet<KernelObject> modules = command.macro("KBUILD_MODFILE").stream()
                .flatMap(files -> MakeText.words(files.replace(':', ' ')).stream())
                .filter(name -> !name.endsWith(".ko"))
                .flatMap(name -> SourcePath.tryParse(name).stream())
                .map(name -> KernelObject.module(name.text()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (modules.isEmpty()) {
            guessed.add(path.text());
            String directory = path.text().substring(0, path.text().lastIndexOf('/') + 1);
            String name = command.macro("KBUILD_MODNAME").orElse("");
            modules.add(SourcePath.tryParse(directory + name)
                    .filter(module -> !name.isEmpty() && !name.endsWith(".ko"))
                    .map(module -> KernelObject.module(module.text()))
                    .orElseGet(() -> new KernelObject(path.text() + ".o")));
        }
        return modules;
    }

    private List<CompileCommand> commands(Task task) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return JsonInput.read(file, in, json -> {
                List<CompileCommand> commands = new ArrayList<>();
                json.array(() -> {
                    if (commands.size() == MOST_ENTRIES) {
                        throw Faults.of(file, Fault.LIMIT_EXCEEDED, "has more than " + MOST_ENTRIES + " entries");
                    }
                    commands.add(command(json));
                    if (commands.size() % PROGRESS == 0) {
                        task.throwIfCancelled();
                        task.advance(commands.size());
                    }
                });
                return commands;
            });
        } catch (IOException e) {
            throw Faults.of(file, e);
        }
    }

    private static CompileCommand command(JsonInput json) {
        String[] texts = {"", "", "", ""};
        List<String> arguments = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "directory" -> texts[0] = json.text();
                case "file" -> texts[1] = json.text();
                case "output" -> texts[2] = json.text();
                case "command" -> texts[3] = json.text();
                case "arguments" -> json.array(() -> arguments.add(json.text()));
                default -> json.skip();
            }
        });
        if (texts[1].isEmpty()) {
            throw json.wrong("an entry names no file");
        }
        return new CompileCommand(
                texts[0],
                texts[1],
                arguments.isEmpty() ? CompileCommand.split(texts[3]) : arguments,
                Optional.of(texts[2]).filter(output -> !output.isEmpty()));
    }
}
