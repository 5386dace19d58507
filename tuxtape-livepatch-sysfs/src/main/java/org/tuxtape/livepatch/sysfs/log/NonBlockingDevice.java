package org.tuxtape.livepatch.sysfs.log;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A device whose reads at its end say at once that there is nothing. The JDK has no way to open one so. For one thread
 * at a time; the buffers have to be direct and are filled from their beginning.
 */
final class NonBlockingDevice implements ReadableByteChannel {
    // The values of open(2) on every architecture that Linux can patch live, and of errno(3).
    private static final int O_RDONLY = 0;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;

    private static final int CLOSED = -1;

    private final Function read = function("read");
    private final Function close = function("close");
    private final Path device;
    private int descriptor;

    /**
     * Opens the device.
     *
     * @param device a path of the default file system
     * @throws IOException if it is not there, or may not be read
     * @throws LinkageError if native code cannot be loaded here
     * @throws RuntimeException if it may not be
     */
    NonBlockingDevice(Path device) throws IOException {
        this.device = device;
        try {
            descriptor =
                    function("open").invokeInt(new Object[] {device.toString(), O_RDONLY | O_NONBLOCK | O_CLOEXEC});
        } catch (LastErrorException e) {
            throw failure(e);
        }
    }

    private static Function function(String name) {
        return NativeLibrary.getProcess()
                .getFunction(name, Function.THROW_LAST_ERROR, System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (descriptor == CLOSED) {
            throw new ClosedChannelException();
        }
        try {
            int count = (int) read.invokeLong(new Object[] {descriptor, target, (long) target.remaining()});
            target.position(count);
            return count;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EAGAIN) {
                return 0;
            }
            throw failure(e);
        }
    }

    @Override
    public boolean isOpen() {
        return descriptor != CLOSED;
    }

    @Override
    public void close() throws IOException {
        int open = descriptor;
        descriptor = CLOSED;
        if (open != CLOSED) {
            try {
                close.invokeInt(new Object[] {open});
            } catch (LastErrorException e) {
                throw failure(e);
            }
        }
    }

    private IOException failure(LastErrorException error) {
        IOException failure = switch (error.getErrorCode()) {
            case ENOENT -> new NoSuchFileException(device.toString());
            case EPERM, EACCES -> new AccessDeniedException(device.toString());
            default -> new IOException(error.getMessage());
        };
        failure.initCause(error);
        return failure;
    }
}
