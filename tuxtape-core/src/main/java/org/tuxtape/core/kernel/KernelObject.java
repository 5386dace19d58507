package org.tuxtape.core.kernel;

import java.util.Locale;

/**
 * What code is linked into: the kernel image or one module. A livepatch names its functions per object. Code that ends
 * elsewhere, as that of the vdso and of the boot loader does, has an object named after the file that the linker made.
 *
 * @param name {@code vmlinux}, or the module's path in the tree without {@code .ko}, for example
 *     {@code fs/btrfs/btrfs}; never empty, no {@code ..} parts
 * @since 0.1
 */
public record KernelObject(String name) implements Comparable<KernelObject> {
    /** The kernel image itself: code that is built in. */
    public static final KernelObject VMLINUX = new KernelObject("vmlinux");

    /** Rejects a name that is no path inside the tree. */
    public KernelObject {
        if (SourcePath.tryParse(name).isEmpty() || name.endsWith(".ko")) {
            throw new IllegalArgumentException("Not the name of a kernel object: '" + name + "'.");
        }
    }

    /**
     * Returns a module.
     *
     * @param path its path in the tree without {@code .ko}
     * @return the object
     */
    public static KernelObject module(String path) {
        return new KernelObject(path);
    }

    /**
     * Tells whether this is the kernel image.
     *
     * @return {@code false} for a module
     */
    public boolean isVmlinux() {
        return equals(VMLINUX);
    }

    /**
     * Tells whether this is a module: neither the kernel image nor an image of its own, as that of the vdso, which has the
     * name of a file with its ending.
     *
     * @return whether it can be loaded and kept from being loaded
     */
    public boolean isModule() {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return !file.equals("vmlinux") && file.indexOf('.') < 0;
    }

    /**
     * Returns the name that the running kernel knows: the last part of the path with {@code _} for {@code -}, as
     * {@code /proc/modules} and livepatch's {@code objname} have it.
     *
     * @return {@code snd_hda_intel} for {@code sound/pci/hda/snd-hda-intel}, {@code vmlinux} for the image
     */
    public String moduleName() {
        return name.substring(name.lastIndexOf('/') + 1).replace('-', '_');
    }

    /** The kernel image first, then modules by path. */
    @Override
    public int compareTo(KernelObject other) {
        int images = Boolean.compare(other.isVmlinux(), isVmlinux());
        return images != 0 ? images : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
