package org.tuxtape.mail.internal.connection;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import org.tuxtape.core.TuxtapeException;

/**
 * The way to the providers of the protocols, which are looked for through the thread's context class loader first; for
 * the time of a call it is the one of the API itself. They are not made for a server that means harm, so what they throw
 * at its answers is made a fault of it.
 */
public final class WithProvider {
    private WithProvider() {}

    /** Something that talks to a server. */
    @FunctionalInterface
    public interface Action<T> {
        /** Does it. */
        T run() throws MessagingException;
    }

    /** Does it with the class loader of the API. */
    public static <T> T call(Watch watch, Action<T> action) throws MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Session.class.getClassLoader());
        try {
            return action.run();
        } catch (MessagingException e) {
            throw watch.reason(e);
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MessagingException("the server says what cannot be read", e);
        } catch (OutOfMemoryError e) {
            // The mail library makes room for whatever a server announces, before any of it came.
            throw new MessagingException("the server announces too much", new Watch.AllowanceException());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
