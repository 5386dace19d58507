package org.tuxtape.profile.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Evaluates the makefiles of a source under a configuration, without building anything. */
public final class KbuildSourceReader {
    private static final int LARGEST_MAKEFILE = 4 << 20;

    /** What the top makefile of older kernels has instead of a Kbuild file that lists all. */
    private static final List<String> TOP_LISTS =
            List.of("init-y", "core-y", "core-m", "drivers-y", "drivers-m", "net-y", "net-m", "virt-y", "libs-y");

    private static final Coverage UNITS = new Coverage(
            new TreeSet<>(Set.of("c", "S", "rs")),
            "Makefiles do not tell which headers units include: it may have been used.",
            false);

    private final Path config;
    private final Path source;
    private final Optional<String> architecture;
    private final Origin origin;
    private final Findings findings = new Findings();
    private final long[] steps = new long[1];

    /**
     * Prepares to read.
     *
     * @param config the {@code .config}
     * @param source the source that it is for
     * @param architecture the directory below {@code arch/}; empty to take what the config says
     * @param origin what else is known of the build
     */
    public KbuildSourceReader(Path config, Path source, Optional<String> architecture, Origin origin) {
        this.config = config;
        this.source = source;
        this.architecture = architecture;
        this.origin = origin.withSource(source);
    }

    /**
     * Evaluates the makefiles.
     *
     * @param context told of the task {@code evaluate SOURCE}, counted in directories
     */
    public Contents read(Context context) {
        KernelConfig options = KernelConfig.parse(configBytes());
        return Task.run(
                context, "evaluate " + source, OptionalLong.empty(), "directories", task -> read(options, task));
    }

    private byte[] configBytes() {
        try (InputStream in = Files.newInputStream(config);
                InputStream expanded = Expansion.of(in)) {
            byte[] bytes = expanded.readNBytes(TreeFiles.LARGEST + 1);
            if (bytes.length > TreeFiles.LARGEST) {
                throw Faults.of(config, Fault.LIMIT_EXCEEDED, "is larger than " + (TreeFiles.LARGEST >> 20) + " MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw Faults.of(config, e);
        }
    }

    private Contents read(KernelConfig options, Task task) {
        if (options.values().isEmpty()) {
            throw Faults.of(config, Fault.WRONG_KIND, "sets no option: it is no kernel configuration");
        }
        SourceFiles files = origin.source(Optional.empty(), Optional.empty(), task);
        String arch = architecture
                .or(() -> architecture(options, files.files()))
                .orElseThrow(() -> Faults.of(config, Fault.WRONG_KIND, "does not say its architecture"));
        try {
            KbuildWalk.Result found = walk(options, arch, files, task);
            CompiledUnits compiled = CompiledUnits.of(found.units(), Map.of());
            if (compiled.isEmpty()) {
                throw Faults.of(source, Fault.WRONG_KIND, "is no kernel source whose makefiles can be evaluated");
            }
            findings.note("Nothing was built: what compilers and tools of the build decide is not known.");
            found.doubts()
                    .forEach((directory, why) -> findings.note("Not all that is built in "
                            + (directory.isEmpty() ? "the source" : directory) + " is known: " + why + "."));
            findings.note(found.generated(), "Compiled from a source that the build makes");
            if (found.doubts().containsKey("")) {
                findings.unfinished("The top makefile cannot be evaluated whole.");
            }
            Contents contents = origin.complete(
                    "config " + config + " with source " + source,
                    compiled,
                    UNITS,
                    files,
                    known -> KernelIdentity.unbuilt(source, known, options, arch),
                    Optional.of(options),
                    Optional.empty(),
                    findings,
                    task);
            return doubting(contents, found.doubts().keySet());
        } catch (MakeExpander.TooMuch e) {
            throw Faults.of(source, Fault.LIMIT_EXCEEDED, "cannot be evaluated: a makefile expands without end");
        }
    }

    /** Of files in a directory of which not all is known nothing counts as left out. */
    private static Contents doubting(Contents contents, Set<String> directories) {
        if (directories.isEmpty()) {
            return contents;
        }
        Set<String> doubtful = new HashSet<>(contents.compiled().mentioned());
        for (String file : contents.source().files().names()) {
            if (directories.stream().anyMatch(file::startsWith)) {
                doubtful.add(file);
            }
        }
        return contents.with(contents.compiled().withMentioned(doubtful));
    }

    private static Optional<String> architecture(KernelConfig options, NameSet files) {
        return List.of(
                        "x86",
                        "arm64",
                        "arm",
                        "riscv",
                        "powerpc",
                        "s390",
                        "mips",
                        "loongarch",
                        "sparc",
                        "parisc",
                        "alpha",
                        "arc",
                        "csky",
                        "hexagon",
                        "ia64",
                        "m68k",
                        "microblaze",
                        "nios2",
                        "openrisc",
                        "sh",
                        "xtensa",
                        "um")
                .stream()
                .filter(name -> files.contains("arch/" + name + "/Makefile"))
                .filter(name -> options.valueOf(symbol(name)).equals(ConfigValue.YES))
                .findFirst();
    }

    private static String symbol(String architecture) {
        return switch (architecture) {
            case "powerpc" -> "PPC";
            case "sh" -> "SUPERH";
            case "um" -> "UML";
            default -> architecture.toUpperCase(Locale.ROOT);
        };
    }

    private KbuildWalk.Result walk(KernelConfig options, String arch, SourceFiles files, Task task) {
        SourceListing listing = new SourceListing(files.files());
        Map<String, String> given = given(options, arch);
        MakeScope scope = MakeScope.of(given);
        Makefile top = new Makefile(scope, this::text, listing, steps);
        if (!top.include("Makefile")) {
            throw Faults.of(source, Fault.WRONG_KIND, "is no kernel source: it has no Makefile");
        }
        MakeScope inherited = scope.below();
        Makefile shared = new Makefile(inherited, this::text, listing, steps);
        shared.include("scripts/Kbuild.include");
        shared.include("scripts/Makefile.compiler");
        KbuildWalk walk = new KbuildWalk(
                this::text, listing, inherited, new HashSet<>(MakeText.words(top.value("libs-y"))), steps);
        walk.doubt("", top.doubts());
        List<String> roots = new ArrayList<>(List.of("./"));
        if (MakeText.words(kbuildRoots(inherited, listing)).isEmpty()) {
            roots.clear();
            TOP_LISTS.forEach(list -> roots.addAll(MakeText.words(top.value(list))));
        }
        roots.addAll(MakeText.words(top.value("head-y")));
        return walk.walk(
                roots.stream()
                        .filter(root -> !root.contains(MakeExpander.UNKNOWN))
                        .toList(),
                task);
    }

    private String kbuildRoots(MakeScope inherited, SourceListing listing) {
        MakeScope scope = inherited.copy();
        scope.set("obj", ".", false);
        scope.set("src", ".", false);
        Makefile kbuild = new Makefile(scope, this::text, listing, steps);
        kbuild.include("Kbuild");
        return kbuild.value("obj-y");
    }

    /** What a build in the source itself is given, and what the configuration sets, as make sees it. */
    private static Map<String, String> given(KernelConfig options, String arch) {
        Map<String, String> given = new HashMap<>();
        options.values().forEach((name, value) -> given.put("CONFIG_" + name, value.text()));
        given.putAll(Map.of(
                "srctree",
                ".",
                "objtree",
                ".",
                "abs_srctree",
                "/",
                "abs_objtree",
                "/",
                "SRCARCH",
                arch,
                "ARCH",
                arch,
                "SUBARCH",
                arch,
                "sub_make_done",
                "1",
                "need-sub-make",
                "",
                "KBUILD_EXTMOD",
                ""));
        given.putAll(Map.of(
                "CC",
                "gcc",
                "LD",
                "ld",
                "LLVM",
                "",
                "MAKECMDGOALS",
                "",
                "mixed-build",
                "",
                "need-config",
                "1",
                "CURDIR",
                "/",
                "VPATH",
                "",
                "KBUILD_BUILTIN",
                "1",
                "KBUILD_MODULES",
                "1"));
        given.put("CONFIG_SHELL", "sh");
        given.put("comma", ",");
        return given;
    }

    private Optional<String> text(String path) {
        if (SourcePath.tryParse(path).isEmpty()) {
            return Optional.empty();
        }
        Path file = source.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_MAKEFILE + 1);
            if (bytes.length > LARGEST_MAKEFILE) {
                // Its beginning alone would say that the rest is not built.
                throw Faults.of(file, Fault.LIMIT_EXCEEDED, "is larger than " + (LARGEST_MAKEFILE >> 20) + " MiB");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Faults.of(file, e);
        }
    }
}
