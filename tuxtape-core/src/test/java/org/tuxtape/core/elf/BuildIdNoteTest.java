package org.tuxtape.core.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildIdNoteTest {

    @Test
    void aBuildIdIsReadAsHexadecimalDigits() {
        assertThat(BuildIdNote.find(note(4, 2, 3, "GNU"))).contains("ab01");
    }

    @ParameterizedTest
    @CsvSource({"4, 2, 1, GNU", "3, 2, 3, GNU", "4, 2, 3, XEN", "4, 0, 3, GNU", "4, -1, 3, GNU", "4, 9, 3, GNU"})
    void anotherNoteIsNone(int nameSize, int size, int type, String name) {
        assertThat(BuildIdNote.find(note(nameSize, size, type, name))).isEmpty();
    }

    @Test
    void aNoteThatEndsTooEarlyIsNone() {
        assertThat(BuildIdNote.find(ByteBuffer.allocate(11))).isEmpty();
        assertThat(BuildIdNote.find(ByteBuffer.allocate(15))).isEmpty();
        assertThat(BuildIdNote.find(ByteBuffer.allocate(0))).isEmpty();
    }

    @Test
    void itIsFoundBehindOtherNotesWhoseContentsDoNotEndAtAWord() {
        ByteBuffer notes = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        notes.put(note(4, 1, 5, "Xen")).put(note(4, 2, 3, "GNU")).flip();

        assertThat(BuildIdNote.find(notes)).contains("ab01");
        assertThat(notes.position()).isZero();
    }

    @Test
    void theBytesAreReadInTheOrderOfTheBuffer() {
        ByteBuffer other = note(4, 2, 3, "GNU");
        other.order(other.order() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);

        assertThat(BuildIdNote.find(other)).isEmpty();
    }

    private static ByteBuffer note(int nameSize, int size, int type, String name) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(nameSize)
                .putInt(size)
                .putInt(type)
                .put((name + '\0').getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0xab)
                .put((byte) 1)
                .putShort((short) 0)
                .flip();
    }
}
