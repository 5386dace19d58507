package org.tuxtape.mail.internal.mime;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the text of a mail: its body, or the first plain text among its parts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2046">RFC 2046</a>
 */
public final class MailTextFinder {
    private static final int DEEPEST = 8;
    private static final MailText NO_PLAIN_TEXT = new MailText.None("It has no part of plain text.");

    private MailTextFinder() {}

    /** Looks behind a header that begins at line 1 of the mail. */
    public static MailText find(HeaderFields header) {
        return find(header, 1, DEEPEST);
    }

    private static MailText find(HeaderFields header, int firstLine, int depth) {
        int bodyLine = firstLine + header.lines();
        Optional<String> declared = header.first("content-type");
        if (declared.isEmpty()) {
            return TextBody.decode(header, Optional.empty(), bodyLine);
        }
        Optional<ContentType> type = parse(declared.get());
        if (type.isEmpty()) {
            return declared.get().toLowerCase(Locale.ROOT).startsWith("multipart")
                    ? new MailText.None("Its Content-Type is not understood.")
                    : TextBody.decode(header, Optional.empty(), bodyLine);
        }
        if (type.get().match("multipart/*")) {
            return firstOf(header, type.get(), bodyLine, depth);
        }
        return type.get().match("text/plain")
                ? TextBody.decode(header, parameter(type.get(), "charset"), bodyLine)
                : NO_PLAIN_TEXT;
    }

    private static MailText firstOf(HeaderFields header, ContentType type, int bodyLine, int depth) {
        Optional<String> boundary = parameter(type, "boundary");
        if (boundary.isEmpty()) {
            return new MailText.None("Its Content-Type names no boundary between its parts.");
        }
        if (depth == 0) {
            return new MailText.None("Its parts are nested too deeply.");
        }
        MailText result = NO_PLAIN_TEXT;
        List<Multipart.Part> parts = Multipart.split(header.body(), boundary.get(), bodyLine);
        for (Multipart.Part part : parts) {
            MailText found = find(HeaderFields.of(part.content()), part.firstLine(), depth - 1);
            if (found instanceof MailText.Plain) {
                return found;
            }
            if (result.equals(NO_PLAIN_TEXT)) {
                result = found;
            }
        }
        return result;
    }

    private static Optional<ContentType> parse(String value) {
        try {
            return Optional.of(new ContentType(value));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> parameter(ContentType type, String name) {
        return Optional.ofNullable(type.getParameter(name)).filter(value -> !value.isBlank());
    }
}
