package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.Closeable;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.mail.internal.connection.Security;
import org.tuxtape.mail.internal.connection.Watch;
import org.tuxtape.mail.internal.connection.WatchedSockets;
import org.tuxtape.mail.internal.connection.WithProvider;

/** A folder of a mailbox, open to be read. Nothing on the server is changed. */
final class Connection implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** What TLS and the protocol add to what is asked for, at most. */
    private static final long OVERHEAD = 1 << 22;

    private final Watch watch;
    private final Store store;
    private final Folder folder;

    private Connection(Watch watch, Store store, Folder folder) {
        this.watch = watch;
        this.store = store;
        this.folder = folder;
    }

    static Connection open(Account account, Protocol protocol, CancellationToken cancellation)
            throws MessagingException {
        Watch watch = new Watch(cancellation, account.timeout());
        watch.allow(OVERHEAD);
        String name = account.security() == Security.TLS ? protocol.name() + "s" : protocol.name();
        return WithProvider.call(watch, () -> {
            Session session = Session.getInstance(properties(account, name, watch));
            Store store = session.getStore(name);
            try {
                store.connect(account.host(), account.port(), account.user(), account.password());
                Folder folder = store.getFolder(account.folder());
                folder.open(Folder.READ_ONLY);
                return new Connection(watch, store, folder);
            } catch (MessagingException | RuntimeException e) {
                release(store);
                throw e;
            }
        });
    }

    private static Properties properties(Account account, String name, Watch watch) {
        Properties properties = new Properties();
        String prefix = "mail." + name + ".";
        String millis = Long.toString(account.timeout().toMillis());
        properties.put(prefix + "connectiontimeout", millis);
        properties.put(prefix + "socketFactory", WatchedSockets.plain(watch));
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(
                prefix + "ssl.socketFactory",
                WatchedSockets.secure(account.tls().getSocketFactory(), watch));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        boolean startTls = account.security() == Security.STARTTLS;
        properties.put(prefix + "starttls.enable", Boolean.toString(startTls));
        properties.put(prefix + "starttls.required", Boolean.toString(startTls));
        properties.put(prefix + "peek", "true");
        return properties;
    }

    /** Something that is asked of the server. */
    @FunctionalInterface
    interface Question<T> {
        T of(Folder folder) throws MessagingException;
    }

    /**
     * Asks the server something; everything that is asked passes here.
     *
     * @param bytes how much it may send for an answer
     */
    <T> T ask(long bytes, Question<T> question) throws MessagingException {
        watch.allow(bytes + OVERHEAD);
        return WithProvider.call(watch, () -> question.of(folder));
    }

    @Override
    public void close() {
        // Closing the store closes the folder without expunging; asking the folder first would want an answer.
        release(store);
    }

    private static void release(Store store) {
        try {
            store.close();
        } catch (MessagingException e) {
            LOG.debug("Closing failed", e);
        }
    }
}
