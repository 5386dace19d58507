package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.tuxtape.core.TuxtapeException;

/** Something that the call names cannot be used. */
public final class Unusable extends TuxtapeException {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
        super(message);
    }

    public Unusable(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the library rejects as an argument, the call has named. */
    public static <T> T unless(Supplier<T> accepted) {
        try {
            return accepted.get();
        } catch (IllegalArgumentException e) {
            throw new Unusable(String.valueOf(e.getMessage()), e);
        }
    }

    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return String.valueOf(failure.getMessage());
    }
}
