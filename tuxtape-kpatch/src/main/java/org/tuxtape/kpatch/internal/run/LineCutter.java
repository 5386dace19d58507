package org.tuxtape.kpatch.internal.run;

import java.nio.charset.StandardCharsets;

/** Cuts bytes into lines, and long lines short: a tool that never ends its line fills no memory. */
final class LineCutter {
    static final int LONGEST = 8192;

    private final LineSink sink;
    private final byte[] line = new byte[LONGEST];
    private int length;
    private long more;

    LineCutter(LineSink sink) {
        this.sink = sink;
    }

    void take(byte[] piece) {
        for (byte b : piece) {
            if (b == '\n') {
                pass();
            } else if (length < LONGEST) {
                line[length++] = b;
            } else {
                more++;
            }
        }
    }

    /** Passes on what has no end. */
    void end() {
        if (length > 0) {
            pass();
        }
    }

    private void pass() {
        int end = more == 0 && length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        String text = printable(new String(line, 0, end, StandardCharsets.UTF_8));
        String whole = more == 0 ? text : text + " [" + more + " more bytes]";
        length = 0;
        more = 0;
        sink.line(whole);
    }

    /** What moves the cursor or changes the colours of a terminal has no place in a log. */
    private static String printable(String text) {
        if (text.chars().noneMatch(LineCutter::isControl)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(isControl(c) ? '\uFFFD' : (char) c));
        return clean.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\t';
    }
}
