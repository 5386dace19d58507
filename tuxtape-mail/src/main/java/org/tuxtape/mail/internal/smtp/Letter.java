package org.tuxtape.mail.internal.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A mail of a text and some files.
 *
 * @param from who sends it; an address without anything around it
 * @param to who gets it
 * @param subject printable ASCII
 * @param identity what it is about: mails of one identity have one Message-ID
 * @param date when it was written
 * @param text lines, of no more than 900 characters
 * @param parts the files
 */
public record Letter(
        String from, List<String> to, String subject, String identity, Instant date, String text, List<Part> parts) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder();

    /**
     * A file.
     *
     * @param name its name, which needs no quoting
     * @param type what it holds
     * @param base64 its bytes, in lines
     */
    public record Part(String name, String type, String base64) {
        /** Encodes a file. */
        public static Part of(String name, String type, byte[] content) {
            return new Part(name, type, encode(content));
        }
    }

    /** Rejects what could become a header of its own. */
    public Letter {
        if (!isPrintable(subject) || !isPrintable(from) || !to.stream().allMatch(Letter::isPrintable)) {
            throw new IllegalArgumentException("A header is printable ASCII.");
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Returns header and body, with CRLF. */
    public byte[] bytes() {
        String id = digest();
        String boundary = "=_" + id;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line(out, "Date: " + DATE.format(date));
        line(out, "From: " + from);
        line(out, "To: " + String.join(",\r\n ", to));
        line(out, "Subject: " + subject);
        line(out, "Message-ID: <" + id + "@tuxtape.invalid>");
        line(out, "Auto-Submitted: auto-generated");
        line(out, "MIME-Version: 1.0");
        line(out, "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"");
        line(out, "");
        line(out, "--" + boundary);
        text(out);
        for (Part part : parts) {
            line(out, "--" + boundary);
            line(out, "Content-Type: " + part.type + "; name=\"" + part.name + "\"");
            line(out, "Content-Disposition: attachment; filename=\"" + part.name + "\"");
            base64(out, part.base64);
        }
        line(out, "--" + boundary + "--");
        return out.toByteArray();
    }

    private void text(ByteArrayOutputStream out) {
        line(out, "Content-Type: text/plain; charset=UTF-8");
        if (text.chars().allMatch(c -> c < 0x7F)) {
            line(out, "Content-Transfer-Encoding: 7bit");
            line(out, "");
            text.lines().forEach(line -> line(out, line));
        } else {
            base64(out, encode(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String encode(byte[] content) {
        return BASE64.encodeToString(content);
    }

    private static void base64(ByteArrayOutputStream out, String content) {
        line(out, "Content-Transfer-Encoding: base64");
        line(out, "");
        line(out, content);
    }

    private static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
