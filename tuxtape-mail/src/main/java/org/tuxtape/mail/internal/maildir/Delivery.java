package org.tuxtape.mail.internal.maildir;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a mail was delivered, which orders the mails of a folder. Its name tells it: a mail that is read or marked is
 * renamed, but only behind its colon.
 *
 * @param seconds since 1970
 * @param micros of the second
 * @param unique the file's name up to its colon
 * @see <a href="https://cr.yp.to/proto/maildir.html">Maildir, by its inventor</a>
 */
record Delivery(long seconds, long micros, String unique) implements Comparable<Delivery> {
    private static final Pattern NAME =
            Pattern.compile("(\\d{1,12})\\.(?:[^.]*?M(\\d{1,6})(?!\\d))?.*", Pattern.DOTALL);
    private static final Comparator<Delivery> ORDER = Comparator.comparingLong(Delivery::seconds)
            .thenComparingLong(Delivery::micros)
            .thenComparing(Delivery::unique);

    /** Reads a file's name; where it names no time, that of the file's last change counts. */
    static Delivery of(String fileName, Instant lastModified) {
        String unique = unique(fileName);
        Matcher matcher = NAME.matcher(unique);
        if (!matcher.matches()) {
            return new Delivery(lastModified.getEpochSecond(), lastModified.getNano() / 1000, unique);
        }
        String micros = matcher.group(2);
        return new Delivery(Long.parseLong(matcher.group(1)), micros == null ? 0 : Long.parseLong(micros), unique);
    }

    /** The part of a file's name that stays when the mail is read or marked. */
    static String unique(String fileName) {
        int colon = fileName.indexOf(':');
        return colon < 0 ? fileName : fileName.substring(0, colon);
    }

    /** A number that stands for the name in a {@link Tally}. */
    long digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(unique.getBytes(StandardCharsets.UTF_8));
            long number = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                number = (number << Byte.SIZE) | (hash[i] & 0xff);
            }
            return number;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    @Override
    public int compareTo(Delivery other) {
        return ORDER.compare(this, other);
    }
}
