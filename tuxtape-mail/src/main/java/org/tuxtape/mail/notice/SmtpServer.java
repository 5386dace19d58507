package org.tuxtape.mail.notice;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.tuxtape.mail.internal.connection.Security;
import org.tuxtape.mail.internal.smtp.Route;

/**
 * A server that takes mail, and how it is reached. Connections are protected by TLS, and the server's certificate is
 * checked, with its name. Immutable; its password shows nowhere.
 *
 * @since 0.1
 */
public final class SmtpServer {
    private final Route route;

    private SmtpServer(Route route) {
        this.route = route;
    }

    /**
     * Reads an address such as {@code smtps://tuxtape@mail.example.org} or {@code smtp://mail.example.org:587}.
     *
     * <p>With {@code smtps} the connection is protected from its first byte on (port 465); with {@code smtp} it is by
     * STARTTLS (port 587), without which nothing is sent. Where the address has no name nobody logs in.
     *
     * @param address scheme, name to log in with, host and port; a password in it is refused, since addresses are shown
     * @return the server, with a timeout of 30 s
     * @throws IllegalArgumentException if it is no such address
     */
    public static SmtpServer of(URI address) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
        int port = switch (scheme) {
            case "smtps" -> 465;
            case "smtp" -> 587;
            default ->
                throw new IllegalArgumentException("An address begins with smtps or smtp, not with '" + scheme + "'.");
        };
        if (address.getHost() == null) {
            throw new IllegalArgumentException("The address names no server.");
        }
        Optional<String> user = Optional.ofNullable(address.getUserInfo());
        if (user.filter(name -> name.contains(":")).isPresent()) {
            throw new IllegalArgumentException("A password does not belong into an address.");
        }
        return new SmtpServer(new Route(
                address.getHost(),
                address.getPort() < 0 ? port : address.getPort(),
                scheme.equals("smtps") ? Security.TLS : Security.STARTTLS,
                user,
                "",
                standardTls(),
                Duration.ofSeconds(30)));
    }

    private static SSLContext standardTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has TLS.", e);
        }
    }

    /**
     * Gives the password.
     *
     * @param password the password
     * @return a server that differs in it
     * @throws IllegalStateException if the address has no name to log in with
     */
    public SmtpServer withPassword(String password) {
        if (route.user().isEmpty()) {
            throw new IllegalStateException("The address has no name to log in with.");
        }
        return with(route.security(), Objects.requireNonNull(password, "password"), route.tls(), route.timeout());
    }

    /**
     * Replaces what decides which servers are trusted, for a certificate by an authority of one's own.
     *
     * @param tls the context; the name in the certificate is checked whatever it says
     * @return a server that differs in it
     */
    public SmtpServer trustedBy(SSLContext tls) {
        return with(route.security(), route.password(), Objects.requireNonNull(tls, "tls"), route.timeout());
    }

    /**
     * Gives up all protection: password and mails can be read and changed on their way. For a server on this machine, or
     * behind a tunnel.
     *
     * @return a server that differs in it
     * @throws IllegalStateException if the address asks for TLS
     */
    public SmtpServer unprotected() {
        if (route.security() == Security.TLS) {
            throw new IllegalStateException("The address asks for TLS.");
        }
        return with(Security.NONE, route.password(), route.tls(), route.timeout());
    }

    /**
     * Replaces how long the server may be silent.
     *
     * @param timeout above zero
     * @return a server that differs in it
     */
    public SmtpServer withTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("The timeout is above zero, not " + timeout + ".");
        }
        return with(route.security(), route.password(), route.tls(), timeout);
    }

    private SmtpServer with(Security security, String password, SSLContext tls, Duration timeout) {
        return new SmtpServer(new Route(route.host(), route.port(), security, route.user(), password, tls, timeout));
    }

    Route route() {
        return route;
    }

    /**
     * Returns the address, without the password.
     *
     * @return for example {@code smtps://tuxtape@mail.example.org:465}
     */
    @Override
    public String toString() {
        return (route.security() == Security.TLS ? "smtps://" : "smtp://") + route;
    }
}
