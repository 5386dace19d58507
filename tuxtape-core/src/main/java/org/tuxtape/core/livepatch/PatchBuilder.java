package org.tuxtape.core.livepatch;

import org.tuxtape.core.Context;

/**
 * Turns fixes into a livepatch module, with whatever tool.
 *
 * <p>Implementers keep these rules:
 *
 * <ul>
 *   <li><b>PB-1</b> A half-written artefact MUST never be visible.
 *   <li><b>PB-2</b> The source tree MUST be afterwards as it was before; after a kill it is repaired at the next open.
 *   <li><b>PB-3</b> Cancellation and a timeout MUST end the whole tree of processes.
 *   <li><b>PB-4</b> Equal inputs MUST give an equal {@linkplain #key key}, and a stored artefact is reused.
 *   <li><b>PB-5</b> Builds of different keys MAY run at once.
 *   <li><b>PB-6</b> The log is kept, bounded, and streamed to the listener.
 * </ul>
 *
 * @since 0.1
 */
public interface PatchBuilder {

    /**
     * Names the build that a request asks for, without building.
     *
     * @param request what to build
     * @return its key
     */
    BuildKey key(BuildRequest request);

    /**
     * Builds a livepatch.
     *
     * @param request what to build
     * @param context cancellation, listener and clock
     * @return how it ended; what is expected to go wrong is an outcome, not an exception
     * @throws org.tuxtape.core.TuxtapeException if the builder's own infrastructure is broken
     */
    BuildOutcome build(BuildRequest request, Context context);
}
