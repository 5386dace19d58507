package org.tuxtape.livepatch.sysfs.loading;

import java.nio.file.Path;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/**
 * The two system calls that put a module into the kernel and take it out. Safe for use by several threads.
 *
 * @since 0.1
 */
public interface ModuleLoading {

    /**
     * Loads a module, as {@code finit_module} does.
     *
     * @param file an uncompressed {@code .ko}, which nobody changes or replaces meanwhile
     * @throws KernelRefusal if it was not loaded
     */
    void load(Path file) throws KernelRefusal;

    /**
     * Removes a module that nobody uses, as {@code delete_module} does with {@code O_NONBLOCK}.
     *
     * @param name the module
     * @throws KernelRefusal if it was not removed
     */
    void unload(LivepatchName name) throws KernelRefusal;

    /**
     * Says which way the calls go.
     *
     * @return a few words, for example {@code system calls} or {@code insmod and rmmod}
     */
    String describe();

    /**
     * Returns the way into the kernel of this machine: the system calls where this process may call native code, which
     * from JDK 24 on wants {@code --enable-native-access=com.sun.jna}, else {@code insmod} and {@code rmmod} as child
     * processes. Which of them is found out at the first use.
     *
     * <p>Its calls throw {@link KernelAccessException} where neither way is open, or a tool does not end in time, and
     * {@link IllegalArgumentException} for a module file that does not lie in the default file system.
     *
     * @return the way, to be shared
     */
    static ModuleLoading ofThisMachine() {
        return BestWay.OF_THIS_MACHINE;
    }
}
