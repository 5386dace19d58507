package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.Utility;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.MessageSet;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.internal.mime.ByteRange;

/**
 * IMAP: a message has a number for good, as long as the folder keeps its own.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9051">RFC 9051</a>
 */
public final class Imap implements Protocol {
    private static final Pattern SYNTAX = Pattern.compile("imap1:(\\d{1,10}):(\\d{1,10})");

    @Override
    public String name() {
        return "imap";
    }

    @Override
    public boolean understands(Cursor cursor) {
        return SYNTAX.matcher(cursor.text()).matches();
    }

    @Override
    public List<Message> behind(Cursor place, Folder folder, SourceId id) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        long last = 0;
        Matcher matcher = SYNTAX.matcher(place.text());
        if (matcher.matches()) {
            if (Long.parseLong(matcher.group(1)) != numbered.getUIDValidity()) {
                String message = "The server has numbered the messages of " + id + " anew since the cursor '" + place
                        + "' (UIDVALIDITY is " + numbered.getUIDValidity() + ").";
                throw new SourceException(id, Fault.STALE_CURSOR, message);
            }
            last = Long.parseLong(matcher.group(2));
        }
        List<Message> messages = new ArrayList<>();
        for (Message message : numbered.getMessagesByUID(last + 1, UIDFolder.LASTUID)) {
            // A range that begins behind the last message still means that message.
            if (message != null && numbered.getUID(message) > last) {
                messages.add(message);
            }
        }
        return messages;
    }

    @Override
    public int atOnce() {
        return 100;
    }

    @Override
    public Map<Message, ByteRange> contents(Folder folder, List<Message> messages, int most) throws MessagingException {
        Map<Long, Message> wanted = new HashMap<>();
        for (Message message : messages) {
            wanted.put(((UIDFolder) folder).getUID(message), message);
        }
        // Not by their UIDs, which servers look up one by one: of those in a large folder that takes some of them
        // minutes.
        MessageSet[] numbers = Utility.toMessageSet(messages.toArray(Message[]::new), null);
        if (numbers == null) {
            return Map.of();
        }
        Map<Message, ByteRange> contents = new HashMap<>();
        ((IMAPFolder) folder).doCommand(protocol -> {
            Response[] answers = protocol.fetch(numbers, "UID BODY.PEEK[]<0." + most + ">");
            protocol.notifyResponseHandlers(answers);
            protocol.handleResult(answers[answers.length - 1]);
            for (Response answer : answers) {
                content(answer).ifPresent(content -> {
                    Message message = wanted.get(content.uid());
                    if (message != null) {
                        contents.put(message, content.bytes());
                    }
                });
            }
            return null;
        });
        return contents;
    }

    private record Content(long uid, ByteRange bytes) {}

    /** Between the contents a server may tell of marks that somebody else sets. */
    private static Optional<Content> content(Response answer) {
        if (answer instanceof FetchResponse fetched) {
            UID uid = fetched.getItem(UID.class);
            BODY body = fetched.getItem(BODY.class);
            ByteArray bytes = body == null ? null : body.getByteArray();
            if (uid != null && bytes != null) {
                int end = bytes.getStart() + bytes.getCount();
                return Optional.of(new Content(uid.uid, new ByteRange(bytes.getBytes(), bytes.getStart(), end)));
            }
        }
        return Optional.empty();
    }

    @Override
    public Cursor cursor(Folder folder, Message message) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        return new Cursor("imap1:" + numbered.getUIDValidity() + ':' + numbered.getUID(message));
    }

    @Override
    public String location(Folder folder, Message message) throws MessagingException {
        return "message " + ((UIDFolder) folder).getUID(message);
    }
}
