package org.tuxtape.livepatch.sysfs.internal.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.tuxtape.core.elf.BuildIdNote;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * Which kernel runs, as far as a module has to fit it. A kernel does not show its own version magic; it is put together
 * from the release, from {@code /proc/config.gz} where there is one, and else from what {@code /proc/version} says.
 */
final class RunningKernel {
    private static final int LARGEST_CONFIG = 4 << 20;

    private final KernelFiles files;
    private final Path settings;
    private final Path notes;

    RunningKernel(KernelFiles files) {
        this.files = files;
        this.settings = files.proc().resolve("sys").resolve("kernel");
        this.notes = files.sys().resolve("kernel").resolve("notes");
    }

    /** Whether a module was built for this processor and this kernel. */
    void check(ModuleFile file, Findings findings) {
        String vermagic = file.vermagic().orElse("");
        List<String> words = List.of(vermagic.split(" +"));
        List<String> misfits = new ArrayList<>();
        KernelText.readIfAllowed(settings.resolve("arch"))
                .map(RunningKernel::family)
                .filter(machine -> !machine.equals(file.machine()))
                .ifPresent(machine -> misfits.add("for " + file.machine() + ", and this machine is " + machine));
        KernelText.readIfAllowed(settings.resolve("osrelease"))
                .filter(release -> !release.equals(words.get(0)))
                .ifPresent(
                        release -> misfits.add("for " + (vermagic.isEmpty() ? "no kernel that it names" : words.get(0))
                                + ", and " + release + " runs here"));
        List<String> unknown = new ArrayList<>();
        flags().forEach((flag, set) -> {
            boolean built = words.contains(flag);
            if (set.isEmpty()) {
                unknown.add(flag);
            } else if (set.get() != built) {
                misfits.add((built ? "with " : "without ") + flag + ", and this kernel was built "
                        + (set.get() ? "with" : "without") + " it");
            }
        });
        if (!misfits.isEmpty()) {
            findings.obstacle(
                    Cause.OTHER_KERNEL,
                    "ENOEXEC",
                    "It was built " + String.join("; ", misfits) + ". Build it for the kernel that runs.");
        } else if (!unknown.isEmpty()) {
            findings.remark("Not known of this kernel's version magic: " + String.join(", ", unknown) + ".");
        }
    }

    /** Whether a module was built for another kernel of the same name: the kernel itself does not ask. */
    void checkBuild(Manifest manifest, Findings findings) {
        Optional<String> running = BuildIdNote.find(KernelText.notes(notes));
        if (running.isPresent()
                && manifest.kernelBuildId()
                        .filter(id -> !running.get().equals(id))
                        .isPresent()) {
            findings.obstacle(
                    Cause.OTHER_KERNEL,
                    "ENOEXEC",
                    "It was built for the kernel with the build id "
                            + manifest.kernelBuildId().get() + ", and " + running.get()
                            + " runs here, another build of the same release. Build it for the kernel that runs.");
        }
    }

    private static String family(String machine) {
        return machine.matches("i[3-6]86") ? "i386" : machine.startsWith("armv") ? "arm" : machine;
    }

    private Map<String, Optional<Boolean>> flags() {
        return config().map(RunningKernel::flagsOf).orElseGet(this::flagsBySigns);
    }

    private static Map<String, Optional<Boolean>> flagsOf(Set<String> config) {
        boolean realTime = config.contains("CONFIG_PREEMPT_RT=y");
        // Until Linux 5.15 there was no CONFIG_PREEMPT_BUILD.
        boolean preempt =
                config.contains("CONFIG_PREEMPT_BUILD=y") || (config.contains("CONFIG_PREEMPT=y") && !realTime);
        Map<String, Optional<Boolean>> flags = new LinkedHashMap<>();
        flags.put("SMP", Optional.of(config.contains("CONFIG_SMP=y")));
        flags.put("preempt", Optional.of(preempt));
        flags.put("preempt_rt", Optional.of(realTime && !preempt));
        flags.put("mod_unload", Optional.of(config.contains("CONFIG_MODULE_UNLOAD=y")));
        flags.put("modversions", Optional.of(config.contains("CONFIG_MODVERSIONS=y")));
        return flags;
    }

    private Map<String, Optional<Boolean>> flagsBySigns() {
        Optional<String> version = KernelText.readIfAllowed(files.proc().resolve("version"))
                .filter(text -> text.contains(" #"))
                .map(text -> text.substring(text.lastIndexOf(" #")));
        Optional<Boolean> realTime = version.map(text -> text.contains("PREEMPT_RT"));
        Map<String, Optional<Boolean>> flags = new LinkedHashMap<>();
        flags.put("SMP", version.map(text -> text.contains(" SMP ")));
        flags.put("preempt", version.map(text -> text.contains(" PREEMPT") && !text.contains("PREEMPT_RT")));
        flags.put("preempt_rt", realTime);
        flags.put("mod_unload", unloads());
        flags.put("modversions", Optional.empty());
        return flags;
    }

    /** A kernel that cannot unload does not count who uses a module. */
    private Optional<Boolean> unloads() {
        return KernelText.readIfAllowed(files.proc().resolve("modules"))
                .map(text -> text.split(" ", 4))
                .filter(words -> words.length > 2)
                .map(words -> !words[2].equals("-"));
    }

    private Optional<Set<String>> config() {
        Path file = files.proc().resolve("config.gz");
        try (InputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
            String text = new String(stream.readNBytes(LARGEST_CONFIG), StandardCharsets.UTF_8);
            return Optional.of(Set.copyOf(text.lines().distinct().toList())).filter(lines -> lines.size() > 1);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
