package org.tuxtape.livepatch.sysfs.loading;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/**
 * System calls where native code may be called, else the tools of kmod. Found out at the first use, so that whoever only
 * reads never loads native code.
 */
public enum BestWay implements ModuleLoading {
    /** The way of this process. */
    OF_THIS_MACHINE;

    private static final class Found {
        static final ModuleLoading WAY = find();
    }

    private static ModuleLoading find() {
        try {
            return new SystemCalls();
        } catch (LinkageError | RuntimeException e) {
            LoggerFactory.getLogger(BestWay.class)
                    .info("Native code cannot be called here, so insmod and rmmod are used.", e);
            return KmodCommands.ofThisMachine();
        }
    }

    @Override
    public void load(Path file) throws KernelRefusal {
        Found.WAY.load(file);
    }

    @Override
    public void unload(LivepatchName name) throws KernelRefusal {
        Found.WAY.unload(name);
    }

    @Override
    public String describe() {
        return Found.WAY.describe();
    }
}
