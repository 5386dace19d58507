package org.tuxtape.kpatch.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A log as it is kept: its beginning and its end, if it is longer than anybody reads. */
final class LongLog {
    private static final int HEAD = 2 << 20;
    private static final int TAIL = 14 << 20;

    private LongLog() {}

    static InputStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is missing, or no regular file");
        }
        long size = Files.size(file);
        long left = size - HEAD - TAIL;
        InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        if (left <= 0) {
            return content;
        }
        InputStream head = new ByteArrayInputStream(content.readNBytes(HEAD));
        String note = "\n[" + left + " bytes left out]\n";
        content.skipNBytes(left);
        return new SequenceInputStream(Collections.enumeration(
                List.of(head, new ByteArrayInputStream(note.getBytes(StandardCharsets.UTF_8)), content)));
    }
}
