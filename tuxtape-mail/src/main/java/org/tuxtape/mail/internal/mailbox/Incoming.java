package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.FetchProfile;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.mail.internal.announcement.AnnouncementReader;
import org.tuxtape.mail.internal.mime.ByteRange;

/**
 * What a connection still has to give, fetched in batches: the sizes of some messages, and then, as many at once as memory
 * allows, those that are not too large.
 */
final class Incoming implements Closeable {
    private static final int DESCRIBED_AT_ONCE = 100;
    private static final long LONGEST_DESCRIPTION = 1 << 14;

    private final Connection connection;
    private final Protocol protocol;
    private final AnnouncementReader announcements;
    private final long bytesAtOnce;
    private final List<Message> messages;

    private int next;
    private int described;
    private int fetched;
    private Map<Message, ByteRange> contents = Map.of();

    /**
     * Takes over a connection.
     *
     * @param bytesAtOnce how many bytes of messages are fetched at once, if they are not those of a single one
     * @param messages what is to be read, in its order
     */
    Incoming(
            Connection connection,
            Protocol protocol,
            AnnouncementReader announcements,
            long bytesAtOnce,
            List<Message> messages) {
        this.connection = connection;
        this.protocol = protocol;
        this.announcements = announcements;
        this.bytesAtOnce = bytesAtOnce;
        this.messages = messages;
    }

    boolean hasNext() {
        return next < messages.size();
    }

    /** Reads the next message. After a failure, what follows is for another connection. */
    CveEvent next() throws MessagingException {
        if (next == described) {
            describe();
        }
        Message message = messages.get(next);
        Cursor cursor = connection.ask(0, folder -> protocol.cursor(folder, message));
        String location = connection.ask(0, folder -> protocol.location(folder, message));
        CveEvent event = element(message, location, cursor);
        next++;
        return event;
    }

    private CveEvent element(Message message, String location, Cursor cursor) throws MessagingException {
        try {
            if (size(message) > announcements.largestMessage()) {
                return announcements.tooLarge(header(message), location, cursor);
            }
            if (next >= fetched) {
                fetch();
            }
            ByteRange content = contents.remove(message);
            if (content != null) {
                return announcements.fetched(content, location, cursor);
            }
        } catch (MessageRemovedException e) {
            // Told below, as of one that was removed before its batch was fetched.
        }
        return announcements.lost("It was deleted on the server while the mailbox was read.", location, cursor);
    }

    private void describe() throws MessagingException {
        int end = Math.min(next + DESCRIBED_AT_ONCE, messages.size());
        Message[] batch = messages.subList(next, end).toArray(Message[]::new);
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        described = connection.ask(batch.length * LONGEST_DESCRIPTION, folder -> {
            folder.fetch(batch, profile);
            return end;
        });
    }

    /** Fetches the next message, and those of the described ones behind it that fit into memory with it. */
    private void fetch() throws MessagingException {
        List<Message> batch = new ArrayList<>();
        long bytes = 0;
        int end = next;
        for (; end < described && batch.size() < protocol.atOnce(); end++) {
            Message message = messages.get(end);
            long size = size(message);
            if (!batch.isEmpty() && bytes + size > bytesAtOnce) {
                break;
            }
            if (size <= announcements.largestMessage()) {
                batch.add(message);
                bytes += size;
            }
        }
        // One byte more than is read shows that there is more, whatever size the server told.
        int most = announcements.largestMessage() + 1;
        // Sizes are told in haste: line ends may be counted otherwise than they are sent.
        contents = new HashMap<>(connection.ask(2 * bytes, folder -> protocol.contents(folder, batch, most)));
        fetched = end;
    }

    /** How large the server says that a message is; one that is gone is not large. */
    private long size(Message message) throws MessagingException {
        try {
            return connection.ask(0, folder -> message.getSize());
        } catch (MessageRemovedException e) {
            return 0;
        }
    }

    private ByteRange header(Message message) throws MessagingException {
        byte[] bytes = connection.ask(0, folder -> {
            StringBuilder header = new StringBuilder();
            for (String line : Collections.list(((MimeMessage) message).getAllHeaderLines())) {
                header.append(line).append('\n');
            }
            return header.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        });
        return new ByteRange(bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        connection.close();
    }
}
