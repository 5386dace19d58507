package org.tuxtape.mail.internal.expand;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;

/** What came out of an archive, and how it ended. */
final class Expansion {
    static final SourceId ID = new SourceId("the archive");
    static final ExpansionLimits GENEROUS = new ExpansionLimits(1 << 30, 1 << 30);

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable SourceException end;

    static Expansion of(byte[] stored) {
        return of(stored, GENEROUS);
    }

    static Expansion of(byte[] stored, ExpansionLimits limits) {
        return of(() -> RawArchive.ofStream(new ByteArrayInputStream(stored)), limits);
    }

    static Expansion of(RawArchive.Opener opener, ExpansionLimits limits) {
        Expansion expansion = new Expansion();
        try (ExpandedArchive archive = ExpandedArchive.open(ID, opener, limits, CancellationToken.never())) {
            byte[] buffer = new byte[100];
            for (int count; (count = archive.read(buffer, 0, buffer.length)) >= 0; ) {
                expansion.content.write(buffer, 0, count);
            }
        } catch (SourceException e) {
            expansion.end = e;
        }
        return expansion;
    }

    byte[] content() {
        return content.toByteArray();
    }

    /** Null if all is well. */
    @Nullable
    Fault fault() {
        return end == null ? null : end.fault();
    }

    /** Null if all is well. */
    @Nullable
    String message() {
        return end == null ? null : end.getMessage();
    }
}
