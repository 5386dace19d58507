package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import org.tuxtape.core.CancellationToken;

/** Finds out what a tree is packed as. */
final class Tree {
    private static final String ZIP = "PK\3\4";
    private static final String EMPTY_ZIP = "PK\5\6";

    private Tree() {}

    static Records open(Path path, Limits limits, Faults faults, CancellationToken cancellation) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return list(new DirectoryStore(path, limits, faults, cancellation), faults);
            }
            if (attributes.isRegularFile() && isZip(path)) {
                return list(ZipStore.open(path, limits, faults, cancellation), faults);
            }
            // a pipe has no size
            OptionalLong size = attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
            return new TarRecords(new TarInput(Files.newInputStream(path), limits, faults, cancellation), size);
        } catch (IOException e) {
            throw faults.storage(e);
        }
    }

    private static Records list(Store store, Faults faults) {
        try {
            return new StoredRecords(store, faults);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static boolean isZip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String start = new String(in.readNBytes(ZIP.length()), StandardCharsets.ISO_8859_1);
            return start.equals(ZIP) || start.equals(EMPTY_ZIP);
        }
    }
}
