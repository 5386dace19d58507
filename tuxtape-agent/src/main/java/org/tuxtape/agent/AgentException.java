package org.tuxtape.agent;

import java.nio.file.Path;
import org.tuxtape.core.TuxtapeException;

/**
 * The directory of an agent's own cannot be used. Nothing was changed.
 *
 * @since 0.1
 */
public final class AgentException extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    /** The file, as text since a path need not be serializable. */
    private final String file;

    AgentException(Path file, String message, Throwable cause) {
        super(message, cause);
        this.file = file.toString();
    }

    /**
     * Names the file or directory.
     *
     * @return its path
     */
    public String file() {
        return file;
    }
}
