package org.tuxtape.kpatch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.kpatch.tree.BuildTree;

/** What can be found out in a second or two and would make every build fail, or succeed with a module that fits nothing. */
record Preflight(BuildTree tree, BuilderOptions options, Shell shell) {
    private static final ConfigSymbol CLANG = ConfigSymbol.parse("CONFIG_CC_IS_CLANG");
    private static final String BANNER = "Linux version ";
    private static final int LONGEST_BANNER = 512;
    private static final long MIB = 1 << 20;

    /** A build writes vmlinux, its parts and the links before it anew: seen were less than three times its size. */
    private static final int SIZES_OF_VMLINUX = 3;

    List<BuildDiagnosis> programs(List<String> names) {
        List<String> missing = shell.missing(names);
        return missing.isEmpty()
                ? List.of()
                : List.of(
                        BuildDiagnosis.of(
                                BuildFailure.MISSING_TOOL,
                                String.join("\n", missing),
                                "Install what has these programs, where the tool runs (lsdiff and recountdiff are in patchutils)."));
    }

    List<BuildDiagnosis> config(List<ConfigSymbol> required, List<ConfigSymbol> refused) {
        List<BuildDiagnosis> found = new ArrayList<>();
        required.stream()
                .filter(symbol -> !isOn(symbol))
                .map(symbol -> BuildDiagnosis.of(
                        BuildFailure.CONFIG_UNSUPPORTED,
                        "# " + symbol + " is not set",
                        "A kernel without " + symbol + " cannot be patched live; build the next one with it."))
                .forEach(found::add);
        refused.stream()
                .filter(this::isOn)
                .map(symbol -> BuildDiagnosis.of(
                        BuildFailure.CONFIG_UNSUPPORTED,
                        symbol + "=" + tree.config(symbol),
                        "The tool takes no kernel with " + symbol
                                + "; use the other tool, or build the kernel without."))
                .forEach(found::add);
        found.addAll(stale());
        return found;
    }

    private boolean isOn(ConfigSymbol symbol) {
        return tree.config(symbol).isEnabled();
    }

    /** A {@code .config} that was changed after the kernel was built would be built into the livepatch. */
    private List<BuildDiagnosis> stale() {
        Path built = tree.directory().resolve("include/config/auto.conf");
        try {
            Set<String> config = options(tree.directory().resolve(".config"));
            Set<String> auto = options(built);
            List<String> differences = Stream.concat(
                            config.stream().filter(line -> !auto.contains(line)).map(line -> "+" + line),
                            auto.stream().filter(line -> !config.contains(line)).map(line -> "-" + line))
                    .sorted()
                    .limit(10)
                    .toList();
            return differences.isEmpty()
                    ? List.of()
                    : List.of(BuildDiagnosis.of(
                            BuildFailure.KERNEL_MISMATCH,
                            String.join("\n", differences),
                            "Put back the .config with which the kernel was built, or build the kernel again."));
        } catch (IOException e) {
            return List.of(BuildDiagnosis.of(
                    BuildFailure.KERNEL_MISMATCH,
                    e.toString(),
                    "Build the kernel in this tree once before patching it."));
        }
    }

    private static Set<String> options(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            // Newer kernels write strings without their quotes into auto.conf.
            return lines.filter(line -> line.startsWith("CONFIG_") && !line.endsWith("=n"))
                    .map(line -> line.replace("\"", "").replace("\\", ""))
                    .collect(Collectors.toSet());
        }
    }

    List<BuildDiagnosis> compiler() {
        Optional<String> wanted = tree.kernel().compiler();
        if (wanted.isEmpty()) {
            return List.of();
        }
        String program = isOn(CLANG) ? "clang" : "gcc";
        Optional<String> found =
                shell.ask(program, "--version").flatMap(lines -> lines.stream().findFirst());
        if (found.isEmpty()) {
            return List.of(BuildDiagnosis.of(
                    BuildFailure.MISSING_TOOL,
                    program,
                    "Install the compiler that built the kernel: " + wanted.get() + "."));
        }
        return found.equals(wanted)
                ? List.of()
                : List.of(BuildDiagnosis.of(
                        BuildFailure.COMPILER_MISMATCH,
                        "kernel: " + wanted.get() + "\nhere:   " + found.get(),
                        "Build where the kernel's own compiler is, for instance in a chroot named by a wrapper."));
    }

    List<BuildDiagnosis> vmlinux(Path vmlinux) {
        Optional<String> banner;
        try {
            banner = banner(vmlinux);
        } catch (IOException e) {
            return List.of(BuildDiagnosis.of(
                    BuildFailure.MISSING_DEBUG_INFO,
                    e.toString(),
                    "Name the vmlinux with debug information that belongs to the kernel."));
        }
        String release = tree.kernel().release().text();
        if (banner.filter(line -> line.startsWith(BANNER + release + " ")).isEmpty()) {
            return List.of(BuildDiagnosis.of(
                    BuildFailure.KERNEL_MISMATCH,
                    banner.orElse("No banner in " + vmlinux),
                    "Name the vmlinux of " + release + ": this is another kernel's, or none."));
        }
        boolean hasDebugInfo = shell.ask("readelf", "--wide", "--section-headers", vmlinux.toString())
                .filter(lines -> lines.stream().anyMatch(line -> line.contains(" .debug_info ")))
                .isPresent();
        return hasDebugInfo
                ? List.of()
                : List.of(BuildDiagnosis.of(
                        BuildFailure.MISSING_DEBUG_INFO,
                        vmlinux + " has no .debug_info",
                        "Name the vmlinux with debug information, before it was stripped."));
    }

    /** What the kernel says of itself at boot. It stands once as a format, too, with a per cent sign. */
    private static Optional<String> banner(Path vmlinux) throws IOException {
        byte[] wanted = BANNER.getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(vmlinux), 1 << 16)) {
            int matched = 0;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                // "L" stands only at the beginning, so a mismatch can at most be a new beginning.
                matched = octet == wanted[matched] ? matched + 1 : octet == wanted[0] ? 1 : 0;
                if (matched == wanted.length) {
                    String rest = line(in);
                    if (!rest.startsWith("%")) {
                        return Optional.of(BANNER + rest);
                    }
                    matched = 0;
                }
            }
            return Optional.empty();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet > '\n' && line.length() < LONGEST_BANNER; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString();
    }

    List<BuildDiagnosis> space(Path vmlinux) {
        List<BuildDiagnosis> found = new ArrayList<>();
        try {
            long needed = SIZES_OF_VMLINUX * Files.size(vmlinux);
            for (Path folder : List.of(tree.directory(), options.scratch())) {
                long free = Files.getFileStore(folder).getUsableSpace();
                if (free < needed) {
                    found.add(BuildDiagnosis.of(
                            BuildFailure.NO_SPACE,
                            folder + ": " + free / MIB + " MiB are free, " + needed / MIB + " MiB are needed",
                            "Free some space, or name another directory."));
                }
            }
        } catch (IOException e) {
            found.add(BuildDiagnosis.of(
                    BuildFailure.BAD_ARGUMENTS, e.toString(), "Name a tree and a scratch directory that can be read."));
        }
        return found;
    }
}
