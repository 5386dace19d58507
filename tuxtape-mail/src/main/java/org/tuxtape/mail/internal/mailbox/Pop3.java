package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.mime.ByteRange;

/**
 * POP3: a message has a name for good, if the server knows UIDL.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1939">RFC 1939</a>
 */
public final class Pop3 implements Protocol {
    private static final String PREFIX = "pop3-1:";

    @Override
    public String name() {
        return "pop3";
    }

    @Override
    public boolean understands(Cursor cursor) {
        return cursor.text().startsWith(PREFIX) && cursor.text().length() > PREFIX.length();
    }

    @Override
    public List<Message> behind(Cursor place, Folder folder, SourceId id) throws MessagingException {
        Message[] messages = folder.getMessages();
        FetchProfile names = new FetchProfile();
        names.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(messages, names);
        if (place.equals(Cursor.START)) {
            return List.of(messages);
        }
        for (int i = messages.length - 1; i >= 0; i--) {
            if (cursor(folder, messages[i]).equals(place)) {
                return Arrays.asList(messages).subList(i + 1, messages.length);
            }
        }
        String message = "The message of the cursor '" + place + "' is no longer in " + id + ".";
        throw new SourceException(id, Fault.STALE_CURSOR, message);
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public Map<Message, ByteRange> contents(Folder folder, List<Message> messages, int most) throws MessagingException {
        Message message = messages.get(0);
        BoundedBytes bytes = new BoundedBytes(most);
        try {
            message.writeTo(bytes);
        } catch (MessageRemovedException e) {
            return Map.of();
        } catch (IOException e) {
            if (!bytes.full()) {
                throw new MessagingException("reading a message failed: " + e.getMessage(), e);
            }
        }
        return Map.of(message, bytes.taken());
    }

    private static String uid(Folder folder, Message message) throws MessagingException {
        String uid = ((POP3Folder) folder).getUID(message);
        return Objects.requireNonNullElseGet(uid, () -> "number " + message.getMessageNumber());
    }

    @Override
    public Cursor cursor(Folder folder, Message message) throws MessagingException {
        return new Cursor(PREFIX + URLEncoder.encode(uid(folder, message), StandardCharsets.UTF_8));
    }

    @Override
    public String location(Folder folder, Message message) throws MessagingException {
        return "message " + uid(folder, message);
    }
}
