package org.tuxtape.mail.internal.mime;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Decodes a body of plain text. An encoding or a charset that nobody knows is taken for none: then the text is read from
 * the bytes as they are.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2045">RFC 2045</a>
 */
final class TextBody {
    private TextBody() {}

    static MailText decode(HeaderFields header, Optional<String> charset, int firstLine) {
        String encoding = header.first("content-transfer-encoding")
                .map(value -> value.toLowerCase(Locale.ROOT).replaceFirst("[\\s;(].*", ""))
                .orElse("");
        try {
            ByteRange bytes = transferDecode(header.body(), encoding);
            return new MailText.Plain(withLineFeeds(text(bytes, charset)), firstLine);
        } catch (UncheckedIOException | IndexOutOfBoundsException e) {
            return new MailText.None("Its body is no valid " + encoding + ".");
        }
    }

    private static ByteRange transferDecode(ByteRange body, String encoding) {
        return switch (encoding) {
            case "base64" -> MailProvider.call(provider -> readAll(provider.inputBase64(stream(body))));
            case "quoted-printable" -> MailProvider.call(provider -> readAll(provider.inputQP(stream(body))));
            default -> body;
        };
    }

    private static InputStream stream(ByteRange body) {
        return new ByteArrayInputStream(body.bytes(), body.start(), body.length());
    }

    /** Neither encoding makes the text longer than it was. */
    private static ByteRange readAll(InputStream decoder) {
        try (decoder) {
            byte[] bytes = decoder.readAllBytes();
            return new ByteRange(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ByteRange bytes, Optional<String> charset) {
        Charset declared = charset.flatMap(TextBody::known).orElse(StandardCharsets.UTF_8);
        boolean unsure = declared.equals(StandardCharsets.UTF_8) || declared.equals(StandardCharsets.US_ASCII);
        return unsure ? TextBytes.decode(bytes) : TextBytes.decode(bytes, declared);
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(Charset.forName(MimeUtility.javaCharset(name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withLineFeeds(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }
}
