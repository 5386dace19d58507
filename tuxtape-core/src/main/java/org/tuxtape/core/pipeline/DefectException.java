package org.tuxtape.core.pipeline;

import org.tuxtape.core.TuxtapeException;

/** A part has thrown what its contract does not name. */
final class DefectException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    DefectException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
