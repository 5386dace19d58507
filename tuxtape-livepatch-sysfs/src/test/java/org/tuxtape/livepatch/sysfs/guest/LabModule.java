package org.tuxtape.livepatch.sysfs.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Manifest.FixedBy;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;

/** The modules of {@code lab/guest/modules}, with what their manifests have to say: a module made by hand does not. */
enum LabModule {
    PLAIN(Replacement.STACK, "vmlinux:cmdline_proc_show"),
    SMALL(Replacement.REPLACE_ALL, "vmlinux:cmdline_proc_show", "vmlinux:version_proc_show"),
    LARGE(
            Replacement.REPLACE_ALL,
            "vmlinux:cmdline_proc_show",
            "vmlinux:version_proc_show",
            "vmlinux:loadavg_proc_show",
            "vmlinux:fifo_open"),
    COMPOSITE(Replacement.STACK, "vmlinux:uptime_proc_show", "tuxtape_target:tuxtape_target_answer"),
    DROWSY(Replacement.STACK, "tuxtape_target:tuxtape_target_wait", "tuxtape_target:tuxtape_target_nap"),
    FIFO(Replacement.STACK, "vmlinux:fifo_open"),
    STATEFUL(Replacement.STACK, "vmlinux:uptime_proc_show"),
    WARNS(Replacement.STACK, "vmlinux:loadavg_proc_show"),
    OOPSES(Replacement.STACK, "vmlinux:loadavg_proc_show"),
    NO_FUNCTION(Replacement.STACK, "vmlinux:tuxtape_is_not_in_this_kernel"),
    NO_PLACE(Replacement.STACK, "vmlinux:cmdline_proc_show:9"),
    AMBIGUOUS(Replacement.STACK, "vmlinux:c_start"),
    NO_SYMBOL(Replacement.STACK, "vmlinux:cmdline_proc_show"),
    MISFIT(Replacement.STACK, "tuxtape_target:tuxtape_target_lacks_this"),
    UNWILLING(Replacement.STACK, "vmlinux:cmdline_proc_show"),
    UNMARKED(Replacement.STACK, "vmlinux:cmdline_proc_show"),
    ORDINARY(Replacement.STACK),
    /** To be patched. */
    TARGET(Replacement.STACK),
    /** Holds {@code cmdline_proc_show}. */
    KPROBE(Replacement.STACK);

    private final Replacement replacement;
    private final String functions;

    LabModule(Replacement replacement, String... functions) {
        this.replacement = replacement;
        this.functions = String.join(" ", functions);
    }

    /** What it patches: each as {@code object:function}, with the place after another colon where it is not unique. */
    private SortedSet<PatchedFunction> functions() {
        return Pattern.compile(" ")
                .splitAsStream(functions)
                .filter(text -> !text.isEmpty())
                .map(text -> text.split(":", -1))
                .map(parts -> new PatchedFunction(
                        new KernelObject(parts[0]), parts[1], parts.length > 2 ? Integer.parseInt(parts[2]) : 0))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    LivepatchName livepatchName() {
        return new LivepatchName("tuxtape_" + name().toLowerCase(Locale.ROOT));
    }

    Path file() {
        return Guest.SHARE.resolve("modules").resolve(livepatchName() + ".ko");
    }

    /** The module as it was built. */
    LivepatchModule module() {
        return module(file());
    }

    /** The module in another file, with a manifest for that one. */
    LivepatchModule module(Path file) {
        SortedMap<CveId, FixedBy> fixes = new TreeMap<>();
        for (PatchedFunction function : functions()) {
            fixes.put(
                    cve(function.object()),
                    new FixedBy(
                            List.of(CommitId.parse("c0ffee0000000000000000000000000000000000")),
                            new TreeSet<>(List.of(function.object()))));
        }
        String release = Guest.read("/proc/sys/kernel/osrelease");
        return new LivepatchModule(
                file,
                new Manifest(
                        livepatchName(),
                        sha256(file),
                        KernelRelease.parse(release),
                        vermagic(file).orElse(release + " SMP mod_unload "),
                        "by hand",
                        Optional.empty(),
                        replacement,
                        fixes,
                        functions()));
    }

    SortedSet<PatchedFunction> functionsAsRunning() {
        return new TreeSet<>(
                functions().stream().map(PatchedFunction::asRunning).toList());
    }

    /** A hole in the kernel, and one in a module: whichever livepatch changes the object fixes it. */
    static CveId cve(KernelObject object) {
        return CveId.parse(object.isVmlinux() ? "CVE-2030-10001" : "CVE-2030-10002");
    }

    private static Optional<String> vermagic(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Matcher vermagic = Pattern.compile("vermagic=([^\\x00]+)").matcher(text);
            return vermagic.find() ? Optional.of(vermagic.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
