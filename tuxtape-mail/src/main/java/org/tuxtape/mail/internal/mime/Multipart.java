package org.tuxtape.mail.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a body of several parts at its boundaries; unlike the library it keeps where each part stands. */
final class Multipart {
    private static final int MOST_PARTS = 100;

    private Multipart() {}

    /**
     * A part with its header.
     *
     * @param content its bytes
     * @param firstLine the number of its first line in the mail
     */
    record Part(ByteRange content, int firstLine) {}

    /** Returns the parts up to the closing boundary, or as many as there are if it is missing. */
    static List<Part> split(ByteRange body, String boundary, int bodyLine) {
        byte[] mark = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        List<Part> parts = new ArrayList<>();
        int partStart = -1;
        int partLine = 0;
        int number = bodyLine;
        for (int line = body.start(); line < body.end(); number++) {
            int next = Math.min(body.lineEnd(line) + 1, body.end());
            if (isMark(body, line, mark)) {
                if (partStart >= 0) {
                    parts.add(new Part(body.part(partStart, line), partLine));
                }
                if (parts.size() == MOST_PARTS || isClosing(body, line + mark.length)) {
                    return parts;
                }
                partStart = next;
                partLine = number + 1;
            }
            line = next;
        }
        if (partStart >= 0) {
            parts.add(new Part(body.part(partStart, body.end()), partLine));
        }
        return parts;
    }

    private static boolean isMark(ByteRange body, int line, byte[] mark) {
        if (body.end() - line < mark.length
                || !Arrays.equals(body.bytes(), line, line + mark.length, mark, 0, mark.length)) {
            return false;
        }
        int rest = isClosing(body, line + mark.length) ? line + mark.length + 2 : line + mark.length;
        return new String(body.bytes(), rest, body.lineEnd(rest) - rest, StandardCharsets.ISO_8859_1).isBlank();
    }

    private static boolean isClosing(ByteRange body, int at) {
        return body.end() - at >= 2 && body.bytes()[at] == '-' && body.bytes()[at + 1] == '-';
    }
}
