package org.tuxtape.mail.internal.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tuxtape.mail.internal.mime.HeaderFields;
import org.tuxtape.mail.internal.mime.MailText;
import org.tuxtape.mail.internal.mime.MailTextFinder;

/**
 * A mail as patatt signs it: author, subject and text in the form that {@code git mailinfo} gives them, so that a
 * signature outlives what mail servers do to a mail.
 *
 * <p>Where a mail could be read in two ways, of which git takes one and a reader the other, there is no such form: fields
 * that occur twice, several parts, and fields at the beginning of the text, which git takes for those of the header.
 *
 * @see <a href="https://git-scm.com/docs/git-mailinfo">git mailinfo</a>
 */
final class SignedText {
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\n\\r\\f\\x0b]+");
    private static final Pattern FIELD_IN_TEXT =
            Pattern.compile("(?i)(?:from:|subject:|date:).*|>From[ \\t].*|\\[PATCH][ \\t].*", Pattern.DOTALL);
    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 60;

    private final HeaderFields header;
    private final Author author;
    private final byte[] body;
    private final Map<String, byte[]> fields = new TreeMap<>();

    private SignedText(HeaderFields header, Author author, byte[] body) {
        this.header = header;
        this.author = author;
        this.body = body;
    }

    /** Puts a mail into that form. */
    static SignedText of(HeaderFields header) throws SignatureException {
        String type = header.first("content-type").orElse("text/plain").toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart") || type.startsWith("message")) {
            throw new SignatureException("It has several parts, of which no signature tells.");
        }
        MailText text = MailTextFinder.find(header);
        if (text instanceof MailText.None none) {
            throw new SignatureException(none.reason());
        }
        Author author = Author.of(single(header, "from"));
        SignedText signed = new SignedText(header, author, body(((MailText.Plain) text).text()));
        signed.put("from", author.name() + " <" + author.address() + ">");
        signed.put("subject", withoutPrefixes(single(header, "subject")));
        return signed;
    }

    private void put(String name, String value) {
        fields.put(name, (name + ':' + blanksAsOne(value) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The text with each line ending in CRLF, without empty lines around it. */
    byte[] body() {
        return body.clone();
    }

    /** The address of the mail's author. */
    String address() {
        return author.address();
    }

    /** A field as it is signed; empty if the mail has none of that name. */
    byte[] field(String name) throws SignatureException {
        byte[] known = fields.get(name);
        if (known != null) {
            return known;
        }
        if (header.raw(name).size() > 1) {
            throw new SignatureException("Its field " + name + " occurs more than once.");
        }
        return header.raw(name).isEmpty()
                ? new byte[0]
                : (name + ':' + relaxed(header.raw(name).get(0)) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String single(HeaderFields header, String name) throws SignatureException {
        if (header.raw(name).size() > 1) {
            throw new SignatureException("Its field " + name + " occurs more than once.");
        }
        return header.firstDecoded(name).orElseThrow(() -> new SignatureException("It has no field " + name + "."));
    }

    /** A field's value in DKIM's relaxed form: unfolded, and each run of blanks as one. */
    static String relaxed(String raw) {
        return blanksAsOne(raw.replace("\r", "").replace("\n", ""));
    }

    private static String blanksAsOne(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    private static byte[] body(String text) throws SignatureException {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '\n') {
            start++;
        }
        int end = text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        String trimmed = text.substring(start, end);
        if (FIELD_IN_TEXT.matcher(trimmed).matches()) {
            throw new SignatureException("Its text begins with a field, which git takes for one of the header.");
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(trimmed.length() + 1024);
        for (String line : trimmed.split("\n", -1)) {
            lines.writeBytes(line.replaceFirst("\r+$", "").getBytes(StandardCharsets.UTF_8));
            lines.writeBytes(new byte[] {'\r', '\n'});
        }
        return lines.toByteArray();
    }

    /** What git makes of a subject: no answers' and lists' marks before it. */
    private static String withoutPrefixes(String subject) {
        int at = 0;
        while (at < subject.length()) {
            char c = subject.charAt(at);
            int close = subject.indexOf(']', at);
            if (subject.length() > at + 3 && subject.regionMatches(true, at, "re:", 0, 3)) {
                at += 3;
            } else if (c == ' ' || c == '\t' || c == ':') {
                at++;
            } else if (c == '[' && close >= 0) {
                at = close + 1;
            } else {
                break;
            }
        }
        return subject.substring(at).strip();
    }

    /**
     * Whom git takes for the author.
     *
     * @param name the name; the address, if the name is too short or odd
     * @param address the part around the first {@code @}
     */
    private record Author(String name, String address) {
        static Author of(String from) throws SignatureException {
            int sign = from.indexOf('@');
            if (sign < 0) {
                throw new SignatureException("Its author has no address.");
            }
            int start = sign;
            while (start > 0 && from.charAt(start - 1) != '<' && !Character.isWhitespace(from.charAt(start - 1))) {
                start--;
            }
            int end = sign;
            while (end < from.length() && from.charAt(end) != '>' && !Character.isWhitespace(from.charAt(end))) {
                end++;
            }
            String address = from.substring(start, end);
            boolean bracketed = start > 0 && from.charAt(start - 1) == '<';
            String before = from.substring(0, bracketed ? start - 1 : start);
            String behind = from.substring(Math.min(end + 1, from.length()));
            String rest = blanksAsOne(unquoted(before + (bracketed ? " " : "") + behind));
            if (rest.startsWith("(") && rest.endsWith(")")) {
                rest = rest.substring(1, rest.length() - 1);
            }
            int length = rest.getBytes(StandardCharsets.UTF_8).length;
            boolean odd = length < SHORTEST_NAME
                    || length > LONGEST_NAME
                    || rest.chars().anyMatch(c -> c == '@' || c == '<' || c == '>');
            return new Author(odd ? address : rest, address);
        }

        private static String unquoted(String text) {
            return text.replace("\"", "");
        }
    }
}
