package org.tuxtape.examples.livepatch;

import org.tuxtape.core.Context;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;

/** The kernel that the commands see and change, and the time that they go by. Tests hand in a simulated one. */
public record Machine(KernelFiles files, ModuleLoading loading, Context context) {

    public static Machine ofThis() {
        return new Machine(KernelFiles.ofThisMachine(), ModuleLoading.ofThisMachine(), Context.standard());
    }

    public SysfsController.Builder controller() {
        return SysfsController.builder(files).loading(loading);
    }
}
