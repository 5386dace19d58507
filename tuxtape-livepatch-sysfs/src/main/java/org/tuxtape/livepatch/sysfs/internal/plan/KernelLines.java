package org.tuxtape.livepatch.sysfs.internal.plan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The long tables of proc and tracefs, line by line: there may be a quarter of a million lines. */
final class KernelLines {
    private static final int LONGEST = 4096;
    private static final long MOST = 512L << 20;

    private KernelLines() {}

    /**
     * Reads a table.
     *
     * @param file the file
     * @param visitor takes the lines in their order, cut after 4096 bytes
     * @return whether it could be read to its end
     */
    static boolean read(Path file, Consumer<String> visitor) {
        byte[] line = new byte[LONGEST];
        int length = 0;
        long total = 0;
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                if (next == '\n') {
                    visitor.accept(new String(line, 0, length, StandardCharsets.UTF_8));
                    length = 0;
                } else if (length < LONGEST) {
                    line[length++] = (byte) next;
                }
                if (++total > MOST) {
                    return false;
                }
            }
            if (length > 0) {
                visitor.accept(new String(line, 0, length, StandardCharsets.UTF_8));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
