package org.tuxtape.livepatch.sysfs.internal.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/** The small text files of sysfs and proc, which may vanish at any moment. */
public final class KernelText {
    private static final int LONGEST = 16 * 1024;

    private KernelText() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its text without white space around it, cut after 16 KiB; empty if it is not there, or no longer
     * @throws KernelAccessException if it is there and cannot be read
     */
    public static Optional<String> read(Path file) {
        try {
            return Optional.of(text(file));
        } catch (IOException e) {
            if (isGone(file, e)) {
                return Optional.empty();
            }
            throw new KernelAccessException(file, file + " cannot be read.", e);
        }
    }

    /**
     * Reads a file that not everybody may read.
     *
     * @param file the file
     * @return its text as {@link #read} gives it; empty if there is none to be had
     */
    public static Optional<String> readIfAllowed(Path file) {
        try {
            return Optional.of(text(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(Path file) throws IOException {
        // Not by a channel: one would be closed under a thread that is interrupted.
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
        }
    }

    /**
     * Reads notes.
     *
     * @param file the file
     * @return its bytes in the machine's order, cut after 16 KiB; none if there are none to be had
     */
    public static ByteBuffer notes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ByteBuffer.wrap(in.readNBytes(LONGEST)).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            return ByteBuffer.allocate(0);
        }
    }

    /**
     * Reads a file that holds one number.
     *
     * @param file the file
     * @return the number, or empty if the file is not there or holds none
     * @throws KernelAccessException if it is there and cannot be read
     */
    public static Optional<Long> readNumber(Path file) {
        return read(file).flatMap(text -> {
            try {
                return Optional.of(Long.parseLong(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Reads a file that holds 0 for no and another number for yes.
     *
     * @param file the file
     * @return the answer, or empty as {@link #readNumber} has it
     * @throws KernelAccessException if it is there and cannot be read
     */
    public static Optional<Boolean> readSwitch(Path file) {
        return readNumber(file).map(number -> number != 0);
    }

    /**
     * Lists a directory.
     *
     * @param directory the directory
     * @return the names in it, in their order; none if it is not there
     * @throws KernelAccessException if it is there and cannot be read
     */
    public static List<String> names(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            unlessGone(directory, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            unlessGone(directory, e);
        }
        Collections.sort(names);
        return names;
    }

    private static void unlessGone(Path directory, IOException failure) {
        if (!isGone(directory, failure)) {
            throw new KernelAccessException(directory, directory + " cannot be listed.", failure);
        }
    }

    /** The text of an error may be in any language, so the file itself is asked too. */
    private static boolean isGone(Path file, IOException failure) {
        return Errno.isGone(failure) || Files.notExists(file);
    }

    /**
     * Writes a file.
     *
     * @param file a file that is there
     * @param text what to write, in one piece
     * @throws KernelRefusal if the kernel does not take it
     */
    public static void write(Path file, String text) throws KernelRefusal {
        try {
            Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (IOException e) {
            String errno = Errno.of(e).map(Errno::name).orElse("unknown");
            throw new KernelRefusal(errno, "Writing " + text + " to " + file + " was refused: " + e.getMessage() + ".");
        }
    }

    /**
     * Makes text of others fit for one line.
     *
     * @param text any text
     * @return the text with {@code ?} for control and format characters
     */
    public static String oneLine(String text) {
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                safe.setCharAt(i, '?');
            }
        }
        return safe.toString();
    }
}
