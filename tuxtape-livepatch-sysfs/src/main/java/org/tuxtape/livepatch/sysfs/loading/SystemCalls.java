package org.tuxtape.livepatch.sysfs.loading;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
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
        syscall = library.getFunction("syscall", Function.THROW_LAST_ERROR, encoding);
        open = library.getFunction("open", Function.THROW_LAST_ERROR, encoding);
        close = library.getFunction("close", Function.THROW_LAST_ERROR, encoding);
    }

    @Override
    public void load(Path file) throws KernelRefusal {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException("Not a file that the kernel can read: " + file + ".");
        }
        try {
            int descriptor = open.invokeInt(new Object[] {file.toString(), O_RDONLY | O_CLOEXEC});
            try {
                syscall.invokeLong(new Object[] {numbers.finitModule(), (long) descriptor, "", 0L});
            } finally {
                close.invokeInt(new Object[] {descriptor});
            }
        } catch (LastErrorException e) {
            throw refusal(e, "load " + file);
        }
    }

    @Override
    public void unload(LivepatchName name) throws KernelRefusal {
        try {
            syscall.invokeLong(new Object[] {numbers.deleteModule(), name.text(), (long) O_NONBLOCK});
        } catch (LastErrorException e) {
            throw refusal(e, "remove " + name);
        }
    }

    private static KernelRefusal refusal(LastErrorException failure, String what) {
        String errno = Errno.nameOf(failure.getErrorCode());
        return new KernelRefusal(errno, "The kernel refused to " + what + ": " + errno + ".");
    }

    @Override
    public String describe() {
        return "system calls";
    }
}
