package org.tuxtape.livepatch.sysfs.trial;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.Context;
import org.tuxtape.livepatch.sysfs.trial.StoreException.Fault;

/**
 * Keeps other processes out for as long as it is open. The kernel ends it with the process, however that ends. The file
 * says who holds it.
 */
final class StoreLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int LONGEST = 200;

    /** Whoever may read a file may lock it for reading, and so keep everybody from changing the store. */
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** The kernel gives up a process's lock when the process closes the file anywhere, so it is opened once at most. */
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private StoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, and waits for it as long as patience lasts, whatever else the caller or an interrupt wants. */
    static StoreLock take(Path file, String purpose, Duration patience, Context context) {
        Path real = real(file);
        String self = "process " + ProcessHandle.current().pid() + ", " + purpose;
        Instant end = context.clock().instant().plus(patience);
        try (Calm calm = new Calm()) {
            Context undisturbed = calm.context(context);
            while (true) {
                Attempt attempt = attempt(real, self);
                if (attempt.lock != null) {
                    return attempt.lock;
                }
                if (!context.clock().instant().isBefore(end)) {
                    throw new StoreException(Fault.LOCKED, file, file + " is held by " + attempt.holder + ".");
                }
                undisturbed.pause(PAUSE);
            }
        }
    }

    /** The same for every path that leads to the file. The file itself may not be there yet. */
    private static Path real(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            return Objects.requireNonNull(absolute.getParent()).toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw unlockable(file, e);
        }
    }

    private record Attempt(@Nullable StoreLock lock, String holder) {}

    private static Attempt attempt(Path file, String self) {
        String holder = HELD.putIfAbsent(file, self);
        if (holder != null) {
            return new Attempt(null, holder);
        }
        StoreLock lock = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
            if (channel.tryLock() == null) {
                return new Attempt(null, holder(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((self + '\n').getBytes(StandardCharsets.UTF_8)));
            lock = new StoreLock(file, channel);
            return new Attempt(lock, self);
        } catch (AccessDeniedException e) {
            throw new StoreException(Fault.NOT_PERMITTED, file, file + " may not be written.", e);
        } catch (IOException e) {
            throw unlockable(file, e);
        } finally {
            if (lock == null) {
                release(file, channel);
            }
        }
    }

    private static StoreException unlockable(Path file, IOException e) {
        return new StoreException(Fault.IO, file, file + " cannot be locked: " + e + ".", e);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST);
        channel.read(text);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cc}\\p{Cf}]+", " ")
                .strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static void release(Path file, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // Closing gives up the lock, whatever else it says.
        }
        HELD.remove(file);
    }

    @Override
    public void close() {
        release(file, channel);
    }
}
