package org.tuxtape.mail.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The header of a mail or of a part of one. Lines that are no field are passed over, as mail programs do.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5322">RFC 5322</a>
 */
public final class HeaderFields {
    /** Nobody writes more; somebody may try. */
    private static final int MOST_FIELDS = 1000;

    private static final int LONGEST_VALUE = 1 << 14;
    private static final int INDEXES_PER_FIELD = 3;

    private final ByteRange mail;
    /** Per field: where its name begins, where its value begins, where its value ends. */
    private final int[] fields;

    private final int bodyStart;
    private final int lines;

    private HeaderFields(ByteRange mail, int[] fields, int bodyStart, int lines) {
        this.mail = mail;
        this.fields = fields;
        this.bodyStart = bodyStart;
        this.lines = lines;
    }

    /** Reads up to the first empty line. */
    public static HeaderFields of(ByteRange mail) {
        byte[] bytes = mail.bytes();
        int[] fields = new int[16 * INDEXES_PER_FIELD];
        int used = 0;
        int lines = 0;
        int line = mail.start();
        boolean inField = false;
        while (line < mail.end()) {
            int lineEnd = mail.lineEnd(line);
            int next = Math.min(lineEnd + 1, mail.end());
            lines++;
            if (isEmpty(bytes, line, lineEnd)) {
                return new HeaderFields(mail, Arrays.copyOf(fields, used), next, lines);
            }
            if (isBlank(bytes[line])) {
                if (inField) {
                    fields[used - 1] = lineEnd;
                }
            } else {
                int colon = colon(bytes, line, lineEnd);
                inField = colon > line && used < MOST_FIELDS * INDEXES_PER_FIELD;
                if (inField) {
                    if (used == fields.length) {
                        fields = Arrays.copyOf(fields, 2 * used);
                    }
                    fields[used++] = line;
                    fields[used++] = colon + 1;
                    fields[used++] = lineEnd;
                }
            }
            line = next;
        }
        return new HeaderFields(mail, Arrays.copyOf(fields, used), mail.end(), lines);
    }

    /** The lines of the header, with the empty one that ends it. */
    public int lines() {
        return lines;
    }

    /** What follows the header. */
    public ByteRange body() {
        return mail.part(bodyStart, mail.end());
    }

    /**
     * Returns the first field of a name as one line of text, with encoded words as they were.
     *
     * @param name in lower case
     */
    public Optional<String> first(String name) {
        for (int i = 0; i < fields.length; i += INDEXES_PER_FIELD) {
            if (isNamed(fields[i], fields[i + 1] - 1, name)) {
                return Optional.of(value(fields[i + 1], fields[i + 2]));
            }
        }
        return Optional.empty();
    }

    /** Returns the first field of a name as {@link #first} does, with its encoded words in clear. */
    public Optional<String> firstDecoded(String name) {
        return first(name).map(value -> oneLine(EncodedWords.decode(value)));
    }

    /**
     * Returns every field of a name as it stands in the mail, folded and with its bytes as characters.
     *
     * @param name in lower case
     */
    public List<String> raw(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < fields.length; i += INDEXES_PER_FIELD) {
            if (isNamed(fields[i], fields[i + 1] - 1, name)) {
                values.add(new String(
                        mail.bytes(), fields[i + 1], fields[i + 2] - fields[i + 1], StandardCharsets.ISO_8859_1));
            }
        }
        return values;
    }

    private boolean isNamed(int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase((char) (mail.bytes()[from + i] & 0xff)) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String value(int from, int to) {
        int end = Math.min(to, from + LONGEST_VALUE);
        return oneLine(TextBytes.decode(mail.part(from, end)));
    }

    /** Unfolds: a line break and the blanks around it count as one blank, other control characters as blanks. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean broken = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            broken |= c == '\n' || c == '\r';
            if (broken && c <= ' ') {
                continue;
            }
            if (broken && line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
            broken = false;
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return line.toString().strip();
    }

    private static int colon(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] > ' ' && bytes[at] != ':') {
            at++;
        }
        return at < to && bytes[at] == ':' ? at : -1;
    }

    private static boolean isEmpty(byte[] bytes, int from, int to) {
        return from == to || (to - from == 1 && bytes[from] == '\r');
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
