package org.tuxtape.livepatch.sysfs;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.internal.plan.CheckedFile;
import org.tuxtape.livepatch.sysfs.internal.plan.ModuleContent;
import org.tuxtape.livepatch.sysfs.loading.ModuleFileException;

/**
 * Modules as files: those that came without a manifest, and those whose manifest is to be believed.
 *
 * @since 0.1
 */
public final class ModuleFiles {
    private ModuleFiles() {}

    /**
     * Describes a module by nothing but its own file. Its manifest has no key, and no CVEs.
     *
     * <p>Two things a file need not tell. The functions of a livepatch that neither kpatch-build nor klp-build has made
     * are left out, so that nothing is planned for them. Whether it replaces others stands in its code: both tools make
     * modules that do so unless told otherwise, so {@link Replacement#REPLACE_ALL} is assumed of every module.
     *
     * @param ko an uncompressed module of at most {@link ModuleFile#LARGEST} bytes; it need not be a livepatch
     * @return the module
     * @throws ModuleFileException if the file cannot be read, or is no module
     */
    public static LivepatchModule describe(Path ko) {
        byte[] content = ModuleContent.read(ko);
        try {
            ModuleFile file = ModuleFile.parse(ByteBuffer.wrap(content));
            String vermagic = file.vermagic()
                    .orElseThrow(() -> new IllegalArgumentException("It does not say for which kernel it was built."));
            return new LivepatchModule(
                    ko,
                    new Manifest(
                            LivepatchName.parse(file.name()),
                            ModuleContent.sha256(content),
                            KernelRelease.parse(vermagic.split(" ", 2)[0]),
                            vermagic,
                            file.maker().text(),
                            Optional.empty(),
                            Replacement.REPLACE_ALL,
                            new TreeMap<>(),
                            file.functions().orElseGet(TreeSet::new)));
        } catch (IllegalArgumentException e) {
            throw new ModuleFileException(ko, "ENOEXEC", ko + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Looks whether a module's file is there, is a livepatch, and is what its manifest says: its digest, its name, its
     * version magic and, where the file tells them, its functions.
     *
     * <p>The kernel knows no manifest, and loads an ordinary module like any other. So whoever loads asks here first.
     * The answer is of this moment, and a load opens the file again: it has to lie where only those may write, in every
     * directory of its path, who may load modules.
     *
     * @param module the module
     * @return what speaks against loading it; empty if nothing does
     */
    public static Optional<Obstacle> check(LivepatchModule module) {
        return CheckedFile.of(module).objection().map(CheckedFile.Objection::obstacle);
    }
}
