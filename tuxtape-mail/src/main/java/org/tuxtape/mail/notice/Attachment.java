package org.tuxtape.mail.notice;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file that goes with a mail.
 *
 * @param name what it is called there: letters, digits, {@code .}, {@code _} and {@code -}
 * @param type what it holds, for example {@code text/html}
 * @param file where it is; read when the mail is written
 * @since 0.1
 */
public record Attachment(String name, String type, Path file) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]{1,50}/[a-z0-9.+-]{1,50}");

    /** Rejects other names and types. */
    public Attachment {
        Objects.requireNonNull(file, "file");
        if (!NAME.matcher(name).matches() || !TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "Not the name and the type of an attachment: '" + name + "', '" + type + "'.");
        }
    }
}
