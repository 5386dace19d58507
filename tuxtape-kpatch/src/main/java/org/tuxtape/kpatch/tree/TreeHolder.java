package org.tuxtape.kpatch.tree;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.text.Stanza;

/**
 * Who uses a build tree.
 *
 * @param process the id of its process
 * @param host the name of the machine that the process runs on; {@code unknown} if it does not know it
 * @param since when it began
 * @param purpose what it does, in its own words, one line
 * @since 0.1
 */
public record TreeHolder(long process, String host, Instant since, String purpose) {

    /** Makes one line of the purpose. */
    public TreeHolder {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(since, "since");
        purpose = purpose.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
    }

    /** The holder's lines of a lock file, to which the caller may add others. */
    Stanza toStanza() {
        return Stanza.empty()
                .with("Process", Long.toString(process))
                .with("Host", host)
                .with("Since", since.toString())
                .with("Purpose", purpose);
    }

    /** Reads a lock file; it may be empty, half written, or another program's. */
    static Optional<TreeHolder> tryParse(String text) {
        try {
            Stanza stanza = Stanza.parse(text);
            return Optional.of(new TreeHolder(
                    Long.parseLong(stanza.required("Process")),
                    stanza.required("Host"),
                    Instant.parse(stanza.required("Since")),
                    stanza.required("Purpose")));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Says it in words, for example {@code process 4711 on build1 since 2024-03-01T12:00:00Z (to build livepatch_a)}. */
    @Override
    public String toString() {
        return "process " + process + " on " + host + " since " + since + " (" + purpose + ")";
    }
}
