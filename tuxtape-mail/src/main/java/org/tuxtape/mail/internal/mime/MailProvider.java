package org.tuxtape.mail.internal.mime;

import jakarta.mail.util.StreamProvider;
import java.util.function.Function;

/**
 * The way to the implementation of Jakarta Mail, which is looked for through the thread's context class loader first. In
 * a container that loader knows another copy, or none; so for the time of a call it is the one of the API itself.
 */
final class MailProvider {
    private MailProvider() {}

    static <T> T call(Function<StreamProvider, T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(StreamProvider.class.getClassLoader());
        try {
            return action.apply(provider());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static StreamProvider provider() {
        try {
            return StreamProvider.provider();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "No implementation of Jakarta Mail is there; org.eclipse.angus:angus-mail is one.", e);
        }
    }
}
