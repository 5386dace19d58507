package org.tuxtape.mail.internal.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Turns bytes of a mail into text, whatever the mail claims about them. */
final class TextBytes {
    private static final char REPLACEMENT = '\ufffd';

    private TextBytes() {}

    /** Takes the bytes for UTF-8, and where they are none for ISO 8859-1, which every byte is. */
    static String decode(ByteRange range) {
        String text = decode(range, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 || isUtf8(range) ? text : decode(range, StandardCharsets.ISO_8859_1);
    }

    static String decode(ByteRange range, Charset charset) {
        return new String(range.bytes(), range.start(), range.length(), charset);
    }

    private static boolean isUtf8(ByteRange range) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(range.bytes(), range.start(), range.length()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
