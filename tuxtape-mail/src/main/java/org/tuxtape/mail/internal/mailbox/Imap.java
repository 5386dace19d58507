package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

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
    public Cursor cursor(Folder folder, Message message) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        return new Cursor("imap1:" + numbered.getUIDValidity() + ':' + numbered.getUID(message));
    }

    @Override
    public String location(Folder folder, Message message) throws MessagingException {
        return "message " + ((UIDFolder) folder).getUID(message);
    }
}
