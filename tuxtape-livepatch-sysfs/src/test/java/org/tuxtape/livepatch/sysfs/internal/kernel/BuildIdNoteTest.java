package org.tuxtape.livepatch.sysfs.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildIdNoteTest {

    @Test
    void aBuildIdIsReadAsHexadecimalDigits() {
        assertThat(BuildIdNote.digest(note(4, 2, 3, "GNU\0"))).contains("ab01");
    }

    @ParameterizedTest
    @CsvSource({"4, 2, 1, GNU", "3, 2, 3, GNU", "4, 2, 3, XEN", "4, 0, 3, GNU", "4, -1, 3, GNU", "4, 3, 3, GNU"})
    void anotherNoteIsNone(int nameSize, int size, int type, String name) {
        assertThat(BuildIdNote.digest(note(nameSize, size, type, name + '\0'))).isEmpty();
    }

    @Test
    void aNoteThatEndsTooEarlyIsNone() {
        assertThat(BuildIdNote.digest(ByteBuffer.allocate(15))).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNone(@TempDir Path directory) {
        assertThat(BuildIdNote.read(directory.resolve("missing"))).isEmpty();
        assertThat(BuildIdNote.read(directory)).isEmpty();
    }

    private static ByteBuffer note(int nameSize, int size, int type, String name) {
        return ByteBuffer.allocate(18)
                .order(ByteOrder.nativeOrder())
                .putInt(nameSize)
                .putInt(size)
                .putInt(type)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0xab)
                .put((byte) 1)
                .flip();
    }
}
