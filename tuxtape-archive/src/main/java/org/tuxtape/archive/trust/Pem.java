package org.tuxtape.archive.trust;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of keys, RFC 7468, in its strict form when written. */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final int LONGEST = 16 * 1024;

    private Pem() {}

    static String write(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + new String(LINES.encode(content), StandardCharsets.US_ASCII)
                + "\n-----END " + label + "-----\n";
    }

    /**
     * Reads the first block of a label; whatever stands around it is none of ours.
     *
     * @throws IllegalArgumentException if there is none
     */
    static byte[] read(String label, String text) {
        Pattern block = Pattern.compile(
                "-----BEGIN " + label + "-----\\s+([A-Za-z0-9+/=\\s]{1," + LONGEST + "}?)-----END " + label + "-----");
        Matcher matcher = block.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("It has no block '" + label + "'.");
        }
        return Base64.getMimeDecoder().decode(matcher.group(1));
    }
}
