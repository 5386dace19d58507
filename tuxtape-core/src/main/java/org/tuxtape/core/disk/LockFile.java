package org.tuxtape.core.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other threads and processes out for as long as it is open. The kernel ends it with the process, however that
 * ends. The file holds a text of the holder's, which stays when the holder dies.
 */
public final class LockFile implements AutoCloseable {
    private static final int LONGEST = 4096;

    /**
     * By the file itself, whatever path leads to it. The kernel gives up a process's lock when the process closes the
     * file anywhere, so it is opened once at most.
     */
    private static final Map<Object, LockFile> HELD = new ConcurrentHashMap<>();

    private final Path path;
    private final Object key;
    private @Nullable RandomAccessFile open;
    private volatile String text = "";

    private LockFile(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    /** How an attempt ended. */
    public sealed interface Attempt {
        /**
         * The lock is the caller's.
         *
         * @param lock to be closed
         * @param left the text that the last holder left, empty if it left none
         */
        record Taken(LockFile lock, String left) implements Attempt {}

        /**
         * It is another's.
         *
         * @param text what the holder has written, possibly nothing yet
         */
        record Held(String text) implements Attempt {}
    }

    /**
     * Tries once to take a lock, whose file is created if it is not there. An interrupt does not break it off.
     *
     * @param file its directory must exist
     * @return at once; one that another thread of this process has is held too
     * @throws IOException if the file cannot be created or read, or is no regular file
     */
    public static Attempt attempt(Path file) throws IOException {
        while (true) {
            Object key = keyOf(file);
            LockFile lock = new LockFile(file, key);
            LockFile holder = HELD.putIfAbsent(key, lock);
            if (holder != null) {
                return new Attempt.Held(holder.text);
            }
            boolean isTaken = false;
            try {
                RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
                lock.open = open;
                if (open.getChannel().tryLock() == null) {
                    return new Attempt.Held(read(open));
                }
                // Who had it may have removed the file meanwhile.
                if (key.equals(keyOf(file))) {
                    isTaken = true;
                    lock.text = read(open);
                    return new Attempt.Taken(lock, lock.text);
                }
            } finally {
                if (!isTaken) {
                    lock.close();
                }
            }
        }
    }

    private static Object keyOf(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // As it should be.
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no regular file");
        }
        return Objects.requireNonNullElse(attributes.fileKey(), file.toRealPath());
    }

    private static String read(RandomAccessFile open) throws IOException {
        byte[] bytes = new byte[LONGEST];
        open.seek(0);
        int length = 0;
        for (int read = 0; read >= 0 && length < LONGEST; length += Math.max(read, 0)) {
            read = open.read(bytes, length, LONGEST - length);
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Writes who the holder is, for those who meet it. Nobody holds a lock when the machine has crashed, so the device is
     * not waited for; what the file says already is not written again. An interrupt does not break it off.
     *
     * @param holder at most 4,096 bytes of it are read again
     * @throws IOException if it cannot be written; part of it may stand there then
     */
    public void name(String holder) throws IOException {
        if (!holder.equals(text)) {
            put(holder);
        }
    }

    /**
     * Writes the holder's text, and has it on the device when it returns. An interrupt does not break it off.
     *
     * @param newText at most 4,096 bytes of it are read again
     * @throws IOException if it cannot be written; part of it may stand there then
     */
    public void write(String newText) throws IOException {
        put(newText).getFD().sync();
    }

    private RandomAccessFile put(String newText) throws IOException {
        RandomAccessFile file = Objects.requireNonNull(open);
        file.setLength(0);
        file.seek(0);
        file.write(newText.getBytes(StandardCharsets.UTF_8));
        text = newText;
        return file;
    }

    /**
     * Takes the holder's text away; a crash of the machine may bring it back.
     *
     * @throws IOException if the file cannot be shortened
     */
    public void clear() throws IOException {
        Objects.requireNonNull(open).setLength(0);
        text = "";
    }

    /**
     * Tells when the text was written last, by the clock of the file system.
     *
     * @return the file's time of modification
     * @throws IOException if the file is gone
     */
    public FileTime written() throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives up the lock; the text stays. */
    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException ignored) {
            // Closing gives up the lock, whatever else it says.
        }
        HELD.remove(key, this);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
