package org.tuxtape.mail.internal.signature;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.mail.internal.mime.ByteRange;

/**
 * The field {@code X-Developer-Signature} of a mail.
 *
 * @param tags its tags without {@code b}, by their names
 * @param signedPart what of the field itself is signed: all but the signature
 * @param signature the signature with what it signs
 * @see <a href="https://git.kernel.org/pub/scm/utils/patatt/patatt.git">patatt</a>
 */
record SignatureField(Map<String, String> tags, String signedPart, ByteRange signature) {
    static final String NAME = "x-developer-signature";
    private static final int LONGEST = 1 << 16;

    /** Reads a field's raw value. */
    static SignatureField parse(String raw) throws SignatureException {
        if (raw.length() > LONGEST) {
            throw new SignatureException("Its signature is longer than " + LONGEST + " bytes.");
        }
        String value = SignedText.relaxed(raw);
        Map<String, String> tags = new LinkedHashMap<>();
        int last = value.lastIndexOf(';') + 1;
        for (String tag : value.substring(0, Math.max(0, last - 1)).split(";", -1)) {
            int equals = tag.indexOf('=');
            if (equals >= 0
                    && tags.put(tag.substring(0, equals).strip(), unblanked(tag.substring(equals + 1))) != null) {
                throw new SignatureException("A tag of its signature occurs twice.");
            }
        }
        int equals = value.indexOf('=', last);
        if (equals < 0 || !value.substring(last, equals).strip().equals("b")) {
            throw new SignatureException("Its signature does not end with the tag b.");
        }
        return new SignatureField(
                tags, value.substring(0, equals + 1), decoded(unblanked(value.substring(equals + 1))));
    }

    private static String unblanked(String text) {
        return text.replaceAll("\\s", "");
    }

    private static ByteRange decoded(String base64) throws SignatureException {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return new ByteRange(bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            throw new SignatureException("Its signature is no valid base64.");
        }
    }

    Optional<String> tag(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    String required(String name) throws SignatureException {
        return tag(name).orElseThrow(() -> new SignatureException("Its signature lacks the tag " + name + "."));
    }

    /** The names of the fields that are signed, in their order. */
    List<String> signedFields() throws SignatureException {
        List<String> names =
                Arrays.asList(required("h").toLowerCase(Locale.ROOT).split(":", -1));
        for (String needed : new String[] {"from", "subject"}) {
            if (!names.contains(needed)) {
                throw new SignatureException("Its signature does not cover the field " + needed + ".");
            }
        }
        return names;
    }
}
