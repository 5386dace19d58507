package org.tuxtape.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tuxtape.archive.trust.RootMetadata;

/** Roots on their way from one machine to another. */
public final class RootFiles {
    private static final int MOST_BYTES = 1 << 20;

    private RootFiles() {}

    public static RootMetadata read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return RootMetadata.parse(in.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            throw new Unusable("The root " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new Unusable(file + " is no root: " + e.getMessage(), e);
        }
    }

    public static void write(Path file, RootMetadata root) {
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.write(unfinished, root.toBytes());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Unusable("The root " + file + " could not be written: " + Unusable.reason(e) + ".", e);
        }
    }
}
