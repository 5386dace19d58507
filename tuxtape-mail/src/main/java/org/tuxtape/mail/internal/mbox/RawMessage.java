package org.tuxtape.mail.internal.mbox;

import java.util.Optional;
import org.tuxtape.mail.internal.mime.ByteRange;

/**
 * One message as it lies in the archive.
 *
 * @param place where it lies
 * @param envelope the kind of the line above it; empty for text that stands before the first such line
 * @param quoting what has to be undone in its content; nothing, if no line of it is marked
 * @param content the message without that line, quoted; if it is too large, only its beginning. Valid until the next
 *     message is read
 * @param tooLarge whether it is larger than messages may be
 */
record RawMessage(
        MboxCursor place, Optional<Envelope> envelope, Quoting quoting, ByteRange content, boolean tooLarge) {}
