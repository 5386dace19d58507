package org.tuxtape.mail.internal.smtp;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.mail.internal.connection.Security;
import org.tuxtape.mail.internal.connection.Watch;
import org.tuxtape.mail.internal.connection.WatchedSockets;
import org.tuxtape.mail.internal.connection.WithProvider;

/** Hands a mail to a server. */
public final class Submission {
    private static final Logger LOG = LoggerFactory.getLogger(Submission.class);
    /** A server has little to say. */
    private static final long ANSWERS = 1 << 20;

    private Submission() {}

    /**
     * Sends a mail, in one connection of its own.
     *
     * @param letter the mail
     * @return the addresses that the server does not take mail for, while it took it for others
     * @throws MessagingException if the server did not say that it took the mail for anybody
     */
    public static List<String> send(Route route, Letter letter, CancellationToken cancellation)
            throws MessagingException {
        Watch watch = new Watch(cancellation, route.timeout());
        watch.allow(ANSWERS);
        String name = route.security() == Security.TLS ? "smtps" : "smtp";
        return WithProvider.call(watch, () -> {
            Session session = Session.getInstance(properties(route, name, watch));
            Message message = letter.in(session);
            Transport transport = session.getTransport(name);
            try {
                transport.connect(
                        route.host(),
                        route.port(),
                        route.user().orElse(null),
                        route.user().isPresent() ? route.password() : null);
                transport.sendMessage(message, message.getAllRecipients());
                return List.of();
            } catch (SendFailedException e) {
                return refused(e);
            } finally {
                release(transport);
            }
        });
    }

    private static List<String> refused(SendFailedException e) throws SendFailedException {
        if (addresses(e.getValidSentAddresses()).findAny().isEmpty()) {
            throw e;
        }
        return Stream.concat(addresses(e.getInvalidAddresses()), addresses(e.getValidUnsentAddresses()))
                .map(Address::toString)
                .toList();
    }

    private static Stream<Address> addresses(Address @Nullable [] addresses) {
        return addresses == null ? Stream.empty() : Stream.of(addresses);
    }

    private static Properties properties(Route route, String name, Watch watch) {
        Properties properties = new Properties();
        String prefix = "mail." + name + ".";
        String millis = Long.toString(route.timeout().toMillis());
        boolean startTls = route.security() == Security.STARTTLS;
        properties.put(prefix + "auth", Boolean.toString(route.user().isPresent()));
        properties.put(prefix + "connectiontimeout", millis);
        properties.put(prefix + "writetimeout", millis);
        properties.put(prefix + "socketFactory", WatchedSockets.plain(watch));
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(
                prefix + "ssl.socketFactory", WatchedSockets.secure(route.tls().getSocketFactory(), watch));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "starttls.enable", Boolean.toString(startTls));
        properties.put(prefix + "starttls.required", Boolean.toString(startTls));
        // One wrong address must not keep the others from being told.
        properties.put(prefix + "sendpartial", "true");
        // What the server says after it took the mail is of no interest.
        properties.put(prefix + "quitwait", "false");
        return properties;
    }

    private static void release(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("Closing failed", e);
        }
    }
}
