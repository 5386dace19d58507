package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Map;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.mime.ByteRange;

/** What differs between the protocols of mailboxes: how messages are named for good, and how many come at once. */
public interface Protocol {

    /** How Jakarta Mail calls it, without TLS. */
    String name();

    /** Whether a cursor is one of this protocol; whether it is one of the mailbox shows when it is opened. */
    boolean understands(Cursor cursor);

    /**
     * Lists the messages behind a place, oldest first.
     *
     * @throws org.tuxtape.core.cve.SourceException if the mailbox no longer has that place
     */
    List<Message> behind(Cursor place, Folder folder, SourceId id) throws MessagingException;

    /** How many messages can be fetched at once. */
    int atOnce();

    /**
     * Fetches messages, or the beginnings of those that are larger than they said; the server's marks stay as they are.
     *
     * @param messages no more than can be fetched at once
     * @param most how many bytes of each are wanted
     * @return those of the messages that are still there
     */
    Map<Message, ByteRange> contents(Folder folder, List<Message> messages, int most) throws MessagingException;

    /** The place behind a message. */
    Cursor cursor(Folder folder, Message message) throws MessagingException;

    /** Names a message for people. */
    String location(Folder folder, Message message) throws MessagingException;
}
