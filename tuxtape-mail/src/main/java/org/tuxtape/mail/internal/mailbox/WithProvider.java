package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;

/**
 * The way to the providers of the protocols, which are looked for through the thread's context class loader first; for
 * the time of a call it is the one of the API itself.
 */
final class WithProvider {
    private WithProvider() {}

    /** Something that talks to a server. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws MessagingException;
    }

    static <T> T call(Action<T> action) throws MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Session.class.getClassLoader());
        try {
            return action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
