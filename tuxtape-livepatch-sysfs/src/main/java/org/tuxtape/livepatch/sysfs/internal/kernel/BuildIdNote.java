package org.tuxtape.livepatch.sysfs.internal.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The build id of a loaded module: an ELF note in the machine's own byte order, of type 3 and the name GNU.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5), notes</a>
 */
final class BuildIdNote {
    private static final int HEADER = 16;
    private static final int GNU_BUILD_ID = 3;
    private static final int LONGEST = 256;

    private BuildIdNote() {}

    /**
     * Reads a note.
     *
     * @param file the note as sysfs shows it
     * @return lower-case hexadecimal digits; empty if the file cannot be read or is no such note
     */
    static Optional<String> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return digest(ByteBuffer.wrap(in.readNBytes(LONGEST)).order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> digest(ByteBuffer note) {
        if (note.remaining() <= HEADER) {
            return Optional.empty();
        }
        int nameSize = note.getInt();
        int size = note.getInt();
        int type = note.getInt();
        byte[] name = new byte[4];
        note.get(name);
        boolean isGnu = nameSize == name.length && name[0] == 'G' && name[1] == 'N' && name[2] == 'U' && name[3] == 0;
        if (!isGnu || type != GNU_BUILD_ID || size <= 0 || size > note.remaining()) {
            return Optional.empty();
        }
        byte[] id = new byte[size];
        note.get(id);
        return Optional.of(HexFormat.of().formatHex(id));
    }
}
