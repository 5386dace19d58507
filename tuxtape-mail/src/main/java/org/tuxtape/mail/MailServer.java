package org.tuxtape.mail;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.tuxtape.mail.internal.connection.Security;
import org.tuxtape.mail.internal.mailbox.Account;

/**
 * A mailbox on a server, and how it is reached. Connections are protected by TLS, and the server's certificate is checked,
 * with its name. Immutable; its password shows nowhere.
 *
 * @since 0.1
 */
public final class MailServer {
    private static final String INBOX = "INBOX";

    private final Account account;
    private final String scheme;

    private MailServer(String scheme, Account account) {
        this.scheme = scheme;
        this.account = account;
    }

    /**
     * Reads an address such as {@code imaps://cve@mail.example.org/announce} or {@code pop3s://cve@mail.example.org}.
     *
     * <p>With {@code imaps} and {@code pop3s} the connection is protected from its first byte on; with {@code imap} and
     * {@code pop3} it is by STARTTLS, without which nothing is sent. The path names the folder, {@code INBOX} if it is
     * empty. A login without a name is {@code anonymous}.
     *
     * @param address scheme, name to log in with, host, port and folder; a password in it is refused, since addresses are
     *     shown
     * @return the server, with a timeout of 30 s and five attempts
     * @throws IllegalArgumentException if it is no such address
     */
    public static MailServer of(URI address) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
        int port = switch (scheme) {
            case "imaps" -> 993;
            case "imap" -> 143;
            case "pop3s" -> 995;
            case "pop3" -> 110;
            default ->
                throw new IllegalArgumentException(
                        "An address begins with imaps, imap, pop3s or pop3, not with '" + scheme + "'.");
        };
        if (address.getHost() == null) {
            throw new IllegalArgumentException("The address names no server.");
        }
        String user = Objects.requireNonNullElse(address.getUserInfo(), "anonymous");
        if (user.contains(":")) {
            throw new IllegalArgumentException("A password does not belong into an address.");
        }
        String path = Objects.requireNonNullElse(address.getPath(), "").replaceFirst("^/", "");
        return new MailServer(
                scheme,
                new Account(
                        address.getHost(),
                        address.getPort() < 0 ? port : address.getPort(),
                        scheme.endsWith("s") ? Security.TLS : Security.STARTTLS,
                        user,
                        "anonymous",
                        path.isEmpty() ? INBOX : path,
                        standardTls(),
                        Duration.ofSeconds(30),
                        5));
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
     * @param password the password; without one it is {@code anonymous}
     * @return a server that differs in it
     */
    public MailServer withPassword(String password) {
        return with(account.security(), password, account.tls(), account.timeout(), account.attempts());
    }

    /**
     * Replaces what decides which servers are trusted, for a certificate by an authority of one's own.
     *
     * @param tls the context; the name in the certificate is checked whatever it says
     * @return a server that differs in it
     */
    public MailServer trustedBy(SSLContext tls) {
        return with(account.security(), account.password(), tls, account.timeout(), account.attempts());
    }

    /**
     * Gives up all protection: password and mails can be read and changed on their way. For a server on this machine, or
     * behind a tunnel.
     *
     * @return a server that differs in it
     * @throws IllegalStateException if the address asks for TLS
     */
    public MailServer unprotected() {
        if (account.security() == Security.TLS) {
            throw new IllegalStateException("The address asks for TLS.");
        }
        return with(Security.NONE, account.password(), account.tls(), account.timeout(), account.attempts());
    }

    /**
     * Replaces how long the server may be silent.
     *
     * @param timeout above zero
     * @return a server that differs in it
     */
    public MailServer withTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("The timeout is above zero, not " + timeout + ".");
        }
        return with(account.security(), account.password(), account.tls(), timeout, account.attempts());
    }

    /**
     * Replaces how often a connection that broke is made anew without getting any further, with pauses from 1 to 60 s.
     *
     * @param attempts 0 to 1000
     * @return a server that differs in it
     */
    public MailServer withAttempts(int attempts) {
        if (attempts < 0 || attempts > 1000) {
            throw new IllegalArgumentException("The attempts are 0 to 1000, not " + attempts + ".");
        }
        return with(account.security(), account.password(), account.tls(), account.timeout(), attempts);
    }

    private MailServer with(Security security, String password, SSLContext tls, Duration timeout, int attempts) {
        return new MailServer(
                scheme,
                new Account(
                        account.host(),
                        account.port(),
                        security,
                        account.user(),
                        password,
                        account.folder(),
                        tls,
                        timeout,
                        attempts));
    }

    Account account() {
        return account;
    }

    boolean speaks(String protocol) {
        return scheme.startsWith(protocol);
    }

    /**
     * Returns the address, without the password.
     *
     * @return for example {@code imaps://cve@mail.example.org:993/announce}
     */
    @Override
    public String toString() {
        return scheme + "://" + account;
    }
}
