package org.tuxtape.mail.internal.mime;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;

/**
 * Text of header fields beyond ASCII.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2047">RFC 2047</a>
 */
final class EncodedWords {
    private EncodedWords() {}

    /** Returns the text in clear, or as it is if its words are in an unknown charset or encoding. */
    static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        return MailProvider.call(provider -> {
            try {
                return MimeUtility.decodeText(text);
            } catch (UnsupportedEncodingException | IllegalArgumentException e) {
                return text;
            }
        });
    }
}
