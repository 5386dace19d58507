package org.tuxtape.mail.internal.expand;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The compressions of archives, told apart by the bytes that they begin with. */
enum Compression {
    PLAIN("plain", ""),
    GZIP("gzip", "\u001f\u008b"),
    BZIP2("bzip2", "BZh"),
    XZ("xz", "\u00fd7zXZ\0"),
    ZSTD("zstd", "(\u00b5/\u00fd");

    /** How many bytes {@link #of} wants to see. */
    static final int MAGIC_LENGTH = 6;

    /** Parallel compressors put such a frame, which any decoder passes over, before the first real one. */
    private static final Pattern SKIPPABLE_ZSTD_FRAME = Pattern.compile("[\\x50-\\x5f]\\*M\\x18.*", Pattern.DOTALL);

    private final String label;
    /** One character per byte. */
    private final String magic;

    Compression(String label, String magic) {
        this.label = label;
        this.magic = magic;
    }

    static Compression of(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        for (Compression compression : values()) {
            if (compression != PLAIN && text.startsWith(compression.magic)) {
                return compression;
            }
        }
        return SKIPPABLE_ZSTD_FRAME.matcher(text).matches() ? ZSTD : PLAIN;
    }

    String label() {
        return label;
    }
}
