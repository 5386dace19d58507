package org.tuxtape.core.cve;

import org.tuxtape.core.Context;

/**
 * Reads announcements or records of kernel CVEs from one archive.
 *
 * <p>Implementers keep these rules; {@code CveSourceContract} of the testkit checks them by name:
 *
 * <ul>
 *   <li><b>CS-1</b> It MUST read lazily and deliver oldest first, in the order of the archive; closing the stream MUST
 *       free everything.
 *   <li><b>CS-2</b> Every message MUST yield exactly one element: published, rejected, or unreadable with origin and
 *       reason. Nothing is dropped, and a bad message MUST NOT end the stream.
 *   <li><b>CS-3</b> Each element MUST carry a cursor; opening after it MUST yield exactly the rest, also in a new
 *       process. Opening again from the start MUST yield equal elements. A cursor that is none of this archive MUST be a
 *       {@link SourceException} with {@link SourceException.Fault#STALE_CURSOR}.
 *   <li><b>CS-4</b> A fault of the archive itself (missing, truncated, not permitted, connection lost) MUST be a
 *       {@link SourceException} that names the archive; what was delivered before stays valid.
 *   <li><b>CS-5</b> It MUST honour cancellation within a second, with {@link org.tuxtape.core.CancelledException}.
 *   <li><b>CS-6</b> {@link #id()} MUST be the same for every call, and the same in another process for the same archive.
 * </ul>
 *
 * <p>A source may tell its listener what it does; then it keeps the rule of {@link org.tuxtape.core.Event}. It may be used by several threads; each opens its own stream.
 *
 * @since 0.1
 */
public interface CveSource {

    /**
     * Names the archive.
     *
     * @return the name that origins carry
     */
    SourceId id();

    /**
     * Opens the archive behind a place.
     *
     * @param after {@link Cursor#START}, or the cursor of the last element that the caller keeps
     * @param context cancellation, listener and clock of the call; they hold until the stream is closed
     * @return a stream that the caller closes
     * @throws SourceException if the archive cannot be opened, or the cursor is not one of this archive
     */
    CveStream open(Cursor after, Context context);
}
