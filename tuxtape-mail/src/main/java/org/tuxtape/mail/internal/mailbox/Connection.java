package org.tuxtape.mail.internal.mailbox;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.mail.internal.mailbox.Account.Security;
import org.tuxtape.mail.internal.mime.ByteRange;

/** A folder of a mailbox, open to be read. Nothing on the server is changed. */
final class Connection implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** What TLS and the protocol add to what is asked for, at most. */
    private static final long OVERHEAD = 1 << 22;

    private static final int FETCHED_AT_ONCE = 1 << 16;

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
        String name = account.security() == Security.TLS ? protocol.name() + "s" : protocol.name();
        return WithProvider.call(() -> {
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
        properties.put(prefix + "fetchsize", Integer.toString(FETCHED_AT_ONCE));
        return properties;
    }

    Folder folder() {
        return folder;
    }

    /** Says how much the server may send next. */
    void allow(long bytes) {
        watch.allow(bytes + OVERHEAD);
    }

    /** Fetches a message, or so much of it as is allowed. */
    BoundedBytes content(Message message, int most) throws MessagingException, IOException {
        allow(2L * most);
        BoundedBytes bytes = new BoundedBytes(most);
        return WithProvider.call(() -> {
            try {
                message.writeTo(bytes);
            } catch (IOException e) {
                if (!bytes.passed()) {
                    throw new MessagingException("reading a message failed: " + e.getMessage(), e);
                }
            }
            return bytes;
        });
    }

    /** Fetches the header of a message alone. */
    ByteRange header(Message message) throws MessagingException {
        allow(0);
        return WithProvider.call(() -> {
            StringBuilder header = new StringBuilder();
            for (String line : Collections.list(((MimeMessage) message).getAllHeaderLines())) {
                header.append(line).append('\n');
            }
            byte[] bytes = header.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
            return new ByteRange(bytes, 0, bytes.length);
        });
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
