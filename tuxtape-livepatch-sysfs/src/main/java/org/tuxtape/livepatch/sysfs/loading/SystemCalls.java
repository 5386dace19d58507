package org.tuxtape.livepatch.sysfs.loading;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.internal.kernel.Errno;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/** The system calls themselves, by the C library of this process. */
final class SystemCalls implements ModuleLoading {
    /** As the kernel numbers them per architecture; the C library has no functions for both. */
    private record Numbers(long finitModule, long deleteModule) {}

    private static final Numbers GENERIC = new Numbers(273, 106);
    private static final Map<String, Numbers> NUMBERS = Map.of(
            "amd64", new Numbers(313, 176),
            "x86_64", new Numbers(313, 176),
            "aarch64", GENERIC,
            "riscv64", GENERIC,
            "loongarch64", GENERIC,
            "ppc64le", new Numbers(353, 129),
            "s390x", new Numbers(344, 129));

    // The values of open(2) and delete_module(2) on every architecture above.
    private static final int O_RDONLY = 0;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private final Numbers numbers;
    private final Function syscall;
    private final Function open;
    private final Function close;

    /**
     * Reaches for the C library.
     *
     * @throws LinkageError if native code cannot be loaded here
     * @throws RuntimeException if it may not be, or the architecture is not known
     */
    SystemCalls() {
        String architecture = System.getProperty("os.arch", "");
        Numbers known = NUMBERS.get(architecture);
        if (known == null) {
            throw new UnsupportedOperationException("The system calls of '" + architecture + "' are not known.");
        }
        numbers = known;
        NativeLibrary library = NativeLibrary.getProcess();
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        syscall = library.getFunction("syscall", Function.C_CONVENTION, encoding);
        open = library.getFunction("open", Function.C_CONVENTION, encoding);
        close = library.getFunction("close", Function.C_CONVENTION, encoding);
    }

    @Override
    public void load(Path file) throws KernelRefusal {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException("Not a file that the kernel can read: " + file + ".");
        }
        String what = "load " + file;
        // A FIFO is opened at once too, and then refused by the kernel.
        int descriptor =
                orRefusal(open.invokeInt(new Object[] {file.toString(), O_RDONLY | O_NONBLOCK | O_CLOEXEC}), what);
        try {
            orRefusal(syscall.invokeInt(new Object[] {numbers.finitModule(), (long) descriptor, "", 0L}), what);
        } finally {
            // What this says changes nothing: the module is loaded by then, or refused.
            close.invokeInt(new Object[] {descriptor});
        }
    }

    @Override
    public void unload(LivepatchName name) throws KernelRefusal {
        orRefusal(
                syscall.invokeInt(new Object[] {numbers.deleteModule(), name.text(), (long) O_NONBLOCK}),
                "remove " + name);
    }

    /** Judges the call that this thread has made last by its result only: one that succeeds may leave any errno. */
    static int orRefusal(int result, String what) throws KernelRefusal {
        if (result != -1) {
            return result;
        }
        String errno = Errno.nameOf(Native.getLastError());
        throw new KernelRefusal(errno, "The kernel refused to " + what + ": " + errno + ".");
    }

    @Override
    public String describe() {
        return "system calls";
    }
}
