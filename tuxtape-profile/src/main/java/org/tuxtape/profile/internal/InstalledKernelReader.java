package org.tuxtape.profile.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Reads what a machine has of a kernel that was built elsewhere: its configuration, its symbols, its lists of modules. */
public final class InstalledKernelReader {
    private static final Coverage NOTHING =
            new Coverage(new TreeSet<>(), "An installed kernel names its modules, and not the sources of them.", false);
    private static final List<String> MODULE_DIRECTORIES = List.of("lib/modules/", "usr/lib/modules/");
    private static final int MOST_KERNELS = 10_000;
    private static final String INSTALLED = "kernel/";

    private final Path root;
    private final Optional<KernelRelease> wanted;
    private final Findings findings = new Findings();

    /**
     * Prepares to read.
     *
     * @param root where the machine's files lie
     * @param wanted which kernel, if several are installed
     */
    public InstalledKernelReader(Path root, Optional<KernelRelease> wanted) {
        this.root = root;
        this.wanted = wanted;
    }

    /**
     * Reads the files.
     *
     * @param context told of the task {@code read ROOT}
     */
    public Contents read(Context context) {
        return Task.run(context, "read " + root, OptionalLong.empty(), "files", this::read);
    }

    private Contents read(Task task) {
        if (!Files.isDirectory(root)) {
            throw Faults.of(root, Files.exists(root) ? Fault.WRONG_KIND : Fault.MISSING, "is no directory");
        }
        TreeFiles files = TreeFiles.in(root);
        KernelRelease release = wanted.orElseGet(this::onlyRelease);
        Optional<KernelConfig> config = config(files, release);
        Optional<SystemMap> symbols = first(files, "boot/System.map-" + release, modules(files, release) + "System.map")
                .map(SystemMap::parse)
                .filter(map -> !map.isPlaceholder());
        SortedSet<KernelObject> objects = objects(files, release);
        if (config.isEmpty() && symbols.isEmpty() && objects.isEmpty()) {
            throw Faults.of(root, Fault.MISSING, "has nothing of the kernel " + release);
        }
        objects.add(KernelObject.VMLINUX);
        findings.unfinished("An installed kernel names its modules, and not the sources that it was built from.");
        findings.notes().forEach(task::note);
        return new Contents(
                "installed kernel " + release + " in " + root,
                new KernelBuild(
                        release,
                        release.version(),
                        Optional.empty(),
                        config.flatMap(KernelConfig::compiler),
                        config.map(KernelConfig::digest)),
                new CompiledUnits(List.of(), Map.of(), new TreeSet<>(), new TreeSet<>()),
                objects,
                SourceFiles.unknown("it is not known where the source of this kernel lies."),
                new FileKinds(new TreeSet<>(), new TreeSet<>(), true),
                NOTHING,
                config,
                symbols,
                findings.notes(),
                findings.whyUnfinished());
    }

    private KernelRelease onlyRelease() {
        SortedSet<String> found = new TreeSet<>();
        for (String directory : MODULE_DIRECTORIES) {
            Path modules = root.resolve(directory);
            if (Files.isDirectory(modules)) {
                found.addAll(names(modules));
            }
        }
        List<KernelRelease> releases = found.stream()
                .flatMap(name -> KernelRelease.tryParse(name).stream())
                .toList();
        if (releases.size() != 1) {
            throw Faults.of(
                    root,
                    Fault.NO_VERSION,
                    releases.isEmpty() ? "has no modules of a kernel" : "has several kernels: " + found);
        }
        return releases.get(0);
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.limit(MOST_KERNELS)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .toList();
        } catch (IOException e) {
            throw Faults.of(directory, e);
        }
    }

    private static String modules(TreeFiles files, KernelRelease release) {
        return MODULE_DIRECTORIES.stream()
                        .filter(directory -> files.exists(directory + release))
                        .findFirst()
                        .orElse(MODULE_DIRECTORIES.get(0))
                + release + "/";
    }

    private Optional<KernelConfig> config(TreeFiles files, KernelRelease release) {
        return first(files, "boot/config-" + release, modules(files, release) + "config")
                .map(bytes -> KernelConfig.parse(expanded(bytes)));
    }

    private static Optional<byte[]> first(TreeFiles files, String... paths) {
        return Stream.of(paths).flatMap(path -> files.bytes(path).stream()).findFirst();
    }

    private byte[] expanded(byte[] bytes) {
        try (InputStream in = Expansion.of(new ByteArrayInputStream(bytes))) {
            byte[] expanded = in.readNBytes(TreeFiles.LARGEST + 1);
            if (expanded.length > TreeFiles.LARGEST) {
                throw Faults.of(
                        root, Fault.LIMIT_EXCEEDED, "has a config larger than " + (TreeFiles.LARGEST >> 20) + " MiB");
            }
            return expanded;
        } catch (IOException e) {
            throw Faults.of(root, e);
        }
    }

    private SortedSet<KernelObject> objects(TreeFiles files, KernelRelease release) {
        SortedSet<KernelObject> objects = new TreeSet<>();
        Optional<String> order = files.text(modules(files, release) + "modules.order")
                .or(() -> files.text(modules(files, release) + "modules.dep")
                        .map(text -> text.replaceAll("(?m):.*$", "")));
        if (order.isEmpty()) {
            findings.note("There is neither modules.order nor modules.dep: no module is known.");
        }
        order.ifPresent(text -> text.lines().forEach(line -> {
            String path = line.strip().replaceFirst("\\.(ko|o)(\\.(gz|xz|zst))?$", "");
            String name = path.startsWith(INSTALLED) ? path.substring(INSTALLED.length()) : path;
            if (!path.equals(line.strip()) && SourcePath.tryParse(name).isPresent() && !name.endsWith(".ko")) {
                objects.add(KernelObject.module(name));
            }
        }));
        return objects;
    }
}
