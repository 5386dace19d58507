package org.tuxtape.mail.internal.mbox;

import java.util.Arrays;
import org.tuxtape.mail.internal.mime.ByteRange;

/** What was done to lines that begin with {@code From } when a message was put into an mbox. */
public enum Quoting {
    /** Nothing: a line of a message may look like a separator. */
    NONE,
    /** {@code From } became {@code >From }. */
    MBOXO,
    /** {@code From } became {@code >From }, {@code >From } became {@code >>From }, and so on. */
    MBOXRD;

    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    /** How many bytes tell whether a line is concerned. */
    static final int FROM_LENGTH = FROM.length;

    /** Undoes it; mostly there is nothing to undo, and then the result is the parameter itself. */
    ByteRange undo(ByteRange quoted) {
        if (this == NONE) {
            return quoted;
        }
        byte[] bytes = quoted.bytes();
        byte[] plain = bytes;
        int length = 0;
        int copied = quoted.start();
        for (int line = quoted.start(); line < quoted.end(); line = behindLine(bytes, line, quoted.end())) {
            if (bytes[line] == '>' && isQuoted(bytes, line + 1, quoted.end())) {
                if (plain == bytes) {
                    plain = new byte[quoted.length()];
                }
                System.arraycopy(bytes, copied, plain, length, line - copied);
                length += line - copied;
                copied = line + 1;
            }
        }
        if (plain == bytes) {
            return quoted;
        }
        System.arraycopy(bytes, copied, plain, length, quoted.end() - copied);
        return new ByteRange(plain, 0, length + quoted.end() - copied);
    }

    private boolean isQuoted(byte[] bytes, int behindMark, int end) {
        int at = behindMark;
        while (this == MBOXRD && at < end && bytes[at] == '>') {
            at++;
        }
        return beginsWithFrom(bytes, at, end);
    }

    static boolean beginsWithFrom(byte[] bytes, int at, int end) {
        return end - at >= FROM.length && Arrays.equals(bytes, at, at + FROM.length, FROM, 0, FROM.length);
    }

    private static int behindLine(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }
}
