package org.tuxtape.feeds.internal.tree;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What archives are compressed with, told apart by the bytes that they begin with. */
enum Compression {
    PLAIN("tar", "", false),
    GZIP("tar.gz", "\u001f\u008b", true),
    BZIP2("tar.bz2", "BZh", true),
    XZ("tar.xz", "\u00fd7zXZ\0", true),
    ZSTD("tar.zst", "(\u00b5/\u00fd", true);

    /** How many bytes {@link #of} wants to see. */
    static final int MAGIC_LENGTH = 6;

    /** Parallel compressors put such a frame, which any decoder passes over, before the first real one. */
    private static final Pattern SKIPPABLE_ZSTD_FRAME = Pattern.compile("[\\x50-\\x5f]\\*M\\x18.*", Pattern.DOTALL);

    private final String label;
    /** One character per byte. */
    private final String magic;

    private final boolean expands;

    Compression(String label, String magic, boolean expands) {
        this.label = label;
        this.magic = magic;
        this.expands = expands;
    }

    static Compression of(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (Compression compression : values()) {
            if (compression.expands && text.startsWith(compression.magic)) {
                return compression;
            }
        }
        return SKIPPABLE_ZSTD_FRAME.matcher(text).matches() ? ZSTD : PLAIN;
    }

    String label() {
        return label;
    }

    boolean expands() {
        return expands;
    }
}
