package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.livepatch.sysfs.loading.ModuleFileException;

/**
 * A module's file beside its manifest.
 *
 * @param file what it says; empty if it cannot be read, or is no module
 * @param objection why it is not to be loaded; empty if nothing speaks against it
 */
public record CheckedFile(Optional<ModuleFile> file, Optional<Objection> objection) {

    /**
     * What speaks against a file.
     *
     * @param by who says so
     * @param obstacle what it is
     */
    public record Objection(Objector by, Obstacle obstacle) {}

    /** Who objects to a file, in the order in which a load meets them. */
    public enum Objector {
        /** The one who opens the file. */
        FILE_SYSTEM,
        /** The kernel's loader of modules. */
        LOADER,
        /** The livepatch core, when the module's own code has begun to run. */
        LIVEPATCH_CORE,
        /** Nobody but us: the kernel would not notice. */
        NOBODY_ELSE
    }

    /**
     * Reads and compares.
     *
     * @param module the module
     * @return what was found
     */
    public static CheckedFile of(LivepatchModule module) {
        byte[] content;
        try {
            content = ModuleContent.read(module.file());
        } catch (ModuleFileException e) {
            return without(
                    Objector.FILE_SYSTEM,
                    e.errno().equals("EACCES") ? Cause.NOT_PERMITTED : Cause.BROKEN_FILE,
                    e.errno(),
                    module.file() + " cannot be read: " + e.errno() + ".");
        }
        if (content.length == 0) {
            return without(Objector.LOADER, Cause.BROKEN_FILE, "EINVAL", module.file() + " is empty.");
        }
        try {
            ModuleFile file = ModuleFile.parse(ByteBuffer.wrap(content));
            return new CheckedFile(Optional.of(file), compare(module, file, ModuleContent.sha256(content)));
        } catch (IllegalArgumentException e) {
            return without(
                    Objector.LOADER, Cause.BROKEN_FILE, "ENOEXEC", module.file() + " is broken: " + e.getMessage());
        }
    }

    private static CheckedFile without(Objector by, Cause cause, String errno, String reason) {
        return new CheckedFile(Optional.empty(), Optional.of(new Objection(by, new Obstacle(cause, errno, reason))));
    }

    private static Optional<Objection> compare(LivepatchModule module, ModuleFile file, String sha256) {
        if (!file.livepatch()) {
            return Optional.of(unmarked(module, file));
        }
        return difference(module.manifest(), file, sha256)
                .map(what -> new Objection(
                        Objector.NOBODY_ELSE,
                        new Obstacle(
                                Cause.BROKEN_FILE,
                                "ENOEXEC",
                                module.file() + " is not what its manifest says: " + what
                                        + " Get both from the same build again.")));
    }

    private static Objection unmarked(LivepatchModule module, ModuleFile file) {
        String what = module.file() + " is a kernel module, but not marked as a livepatch: ";
        return file.undefined().contains("klp_enable_patch")
                ? new Objection(
                        Objector.LIVEPATCH_CORE,
                        new Obstacle(
                                Cause.NOT_A_LIVEPATCH, "EINVAL", what + "build it with MODULE_INFO(livepatch, \"Y\")."))
                : new Objection(
                        Objector.NOBODY_ELSE,
                        new Obstacle(
                                Cause.NOT_A_LIVEPATCH,
                                "ENOEXEC",
                                what + "the kernel would load it and run whatever it does."));
    }

    /**
     * Returns what somebody has against the file.
     *
     * @param objector who
     * @return the obstacle; empty if this one has nothing against it
     */
    Optional<Obstacle> obstacle(Objector objector) {
        return objection.filter(one -> one.by() == objector).map(Objection::obstacle);
    }

    private static Optional<String> difference(Manifest manifest, ModuleFile file, String sha256) {
        if (!sha256.equals(manifest.sha256())) {
            return Optional.of("its SHA-256 is " + sha256 + ", not " + manifest.sha256() + ".");
        }
        if (!file.name().replace('-', '_').equals(manifest.name().text())) {
            return Optional.of("its name is " + file.name() + ", not " + manifest.name() + ".");
        }
        String vermagic = file.vermagic().orElse("");
        if (!vermagic.equals(manifest.vermagic().strip())) {
            return Optional.of("its version magic is '" + vermagic + "', not '" + manifest.vermagic() + "'.");
        }
        return file.functions()
                .map(CheckedFile::asRunning)
                .filter(functions -> !functions.equals(asRunning(manifest.functions())))
                .map(functions ->
                        "it patches " + list(functions) + ", not " + list(asRunning(manifest.functions())) + ".");
    }

    static SortedSet<PatchedFunction> asRunning(SortedSet<PatchedFunction> functions) {
        return functions.stream().map(PatchedFunction::asRunning).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String list(SortedSet<PatchedFunction> functions) {
        String names = functions.stream()
                .limit(5)
                .map(function -> function.object().name() + "/" + function.name() + "," + function.sympos())
                .collect(Collectors.joining(" "));
        return functions.isEmpty() ? "nothing" : functions.size() > 5 ? names + " and more" : names;
    }
}
