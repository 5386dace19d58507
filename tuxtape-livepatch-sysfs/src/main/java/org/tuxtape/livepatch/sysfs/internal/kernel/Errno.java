package org.tuxtape.livepatch.sysfs.internal.kernel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The error numbers that loading, unloading and livepatching meet, with the texts by which the C library and kmod's tools
 * name them. The numbers are those of every architecture that Linux can patch live.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory", "is not currently loaded", "Unknown symbol in module"),
    ESRCH(3, "No such process", "Module has wrong symbol version"),
    EINTR(4, "Interrupted system call"),
    EIO(5, "Input/output error"),
    ENOEXEC(8, "Exec format error", "Invalid module format"),
    EBADF(9, "Bad file descriptor"),
    EWOULDBLOCK(11, "Resource temporarily unavailable", "is in use"),
    ENOMEM(12, "Cannot allocate memory"),
    EACCES(13, "Permission denied"),
    EFAULT(14, "Bad address"),
    EBUSY(16, "Device or resource busy"),
    EEXIST(17, "File exists"),
    ENODEV(19, "No such device"),
    ENOTDIR(20, "Not a directory"),
    EISDIR(21, "Is a directory"),
    EINVAL(22, "Invalid argument", "Invalid parameters"),
    ETXTBSY(26, "Text file busy"),
    EFBIG(27, "File too large"),
    ENOSPC(28, "No space left on device"),
    EROFS(30, "Read-only file system"),
    ERANGE(34, "Numerical result out of range"),
    ENAMETOOLONG(36, "File name too long"),
    ENOSYS(38, "Function not implemented"),
    ELOOP(40, "Too many levels of symbolic links"),
    EBADMSG(74, "Bad message"),
    EOPNOTSUPP(95, "Operation not supported"),
    ETIMEDOUT(110, "Connection timed out"),
    ENOKEY(126, "Required key not available"),
    EKEYREJECTED(129, "Key was rejected by service");

    private final int number;
    private final Pattern texts;

    Errno(int number, String... texts) {
        this.number = number;
        this.texts = Pattern.compile(String.join("|", texts), Pattern.CASE_INSENSITIVE);
    }

    /**
     * Names a number.
     *
     * @param number as {@code errno} has it
     * @return its name, or {@code errno 123} for one that is not in the table
     */
    public static String nameOf(int number) {
        return Arrays.stream(values())
                .filter(errno -> errno.number == number)
                .map(Errno::name)
                .findFirst()
                .orElse("errno " + number);
    }

    /**
     * Finds an error in what a program or the JDK said of it.
     *
     * @param message any text
     * @return the error, or empty if the text names none
     */
    public static Optional<Errno> in(String message) {
        return Arrays.stream(values())
                .filter(errno -> errno.texts.matcher(message).find())
                .findFirst();
    }

    /**
     * Finds the error behind a failed access to a file.
     *
     * @param failure what was thrown
     * @return the error, or empty if the JDK does not tell
     */
    public static Optional<Errno> of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return Optional.of(ENOENT);
        }
        if (failure instanceof AccessDeniedException) {
            return Optional.of(EACCES);
        }
        if (failure instanceof NotDirectoryException) {
            return Optional.of(ENOTDIR);
        }
        return Optional.ofNullable(failure.getMessage()).flatMap(Errno::in);
    }

    /**
     * Tells whether a file of the kernel has vanished, be it before it was opened or while it was read.
     *
     * @param failure what was thrown
     * @return whether the thing that the file shows is gone
     */
    public static boolean isGone(IOException failure) {
        return of(failure)
                .filter(List.of(ENOENT, ENODEV, ESRCH, ENOTDIR)::contains)
                .isPresent();
    }
}
