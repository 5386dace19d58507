package org.tuxtape.core.elf;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.tuxtape.core.elf.ElfFile.Section;

/**
 * The build id that a linker leaves in what it makes: an ELF note of type 3 and the name GNU. The kernel shows its own
 * among others in {@code /sys/kernel/notes}, and that of a module in its {@code notes/.note.gnu.build-id}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5), notes</a>
 * @since 0.1
 */
public final class BuildIdNote {
    private static final int HEADER = 12;
    private static final int GNU_BUILD_ID = 3;
    // "GNU" and a zero, in either byte order of the buffer.
    private static final byte[] GNU = {'G', 'N', 'U', 0};
    private static final int LONGEST = 64;

    private BuildIdNote() {}

    /**
     * Finds the build id among notes.
     *
     * @param notes any number of notes one behind the other, in the buffer's byte order, from its position to its limit;
     *     neither is moved
     * @return lower-case hexadecimal digits, two for each of 1 to 64 bytes; empty if there is none, or what comes before
     *     it is damaged
     */
    public static Optional<String> find(ByteBuffer notes) {
        ByteBuffer rest = notes.slice().order(notes.order());
        while (rest.remaining() >= HEADER) {
            long nameSize = Integer.toUnsignedLong(rest.getInt());
            long size = Integer.toUnsignedLong(rest.getInt());
            int type = rest.getInt();
            long content = rest.position() + padded(nameSize);
            if (content + size > rest.limit()) {
                return Optional.empty();
            }
            if (type == GNU_BUILD_ID && isGnu(rest, nameSize) && size > 0 && size <= LONGEST) {
                byte[] id = new byte[(int) size];
                rest.get((int) content, id);
                return Optional.of(HexFormat.of().formatHex(id));
            }
            rest.position((int) Math.min(content + padded(size), rest.limit()));
        }
        return Optional.empty();
    }

    /** A name and a content begin at a multiple of four bytes. */
    private static long padded(long size) {
        return (size + 3) & ~3L;
    }

    private static boolean isGnu(ByteBuffer note, long nameSize) {
        return nameSize == GNU.length && note.slice(note.position(), GNU.length).equals(ByteBuffer.wrap(GNU));
    }

    /**
     * Finds the build id of an ELF file: of a module, or of a kernel's {@code vmlinux}.
     *
     * @param file the file
     * @return as {@link #find} does
     */
    public static Optional<String> of(ElfFile file) {
        return file.sections().stream()
                .filter(section -> section.type() == Section.NOTE)
                .flatMap(section -> find(file.bytes(section)).stream())
                .findFirst();
    }
}
