package org.tuxtape.mail.internal.merge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;

/**
 * A digest of what an element says, whatever archive it came from.
 *
 * @param high one half
 * @param low the other
 */
record Content(long high, long low) {

    static Content of(CveEvent event) {
        return digest(parts(event));
    }

    private static List<Object> parts(CveEvent event) {
        if (event instanceof CveEvent.Published published) {
            Cve cve = published.cve();
            return List.of(
                    "published",
                    cve.id(),
                    cve.title(),
                    cve.description(),
                    cve.ranges(),
                    cve.files(),
                    cve.cvss(),
                    cve.references());
        }
        if (event instanceof CveEvent.Rejected rejected) {
            return List.of("rejected", rejected.id(), rejected.title(), rejected.reason());
        }
        CveEvent.Unreadable unreadable = (CveEvent.Unreadable) event;
        return List.of(
                "unreadable",
                unreadable.id(),
                unreadable.reason(),
                unreadable.excerpt().map(line -> line.text()));
    }

    private static Content digest(List<Object> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new Content(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
