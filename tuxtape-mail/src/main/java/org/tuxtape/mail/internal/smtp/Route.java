package org.tuxtape.mail.internal.smtp;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.tuxtape.mail.internal.connection.Security;

/**
 * How a server that takes mail is reached.
 *
 * @param host the server
 * @param port its port
 * @param security what protects the connection
 * @param user the name to log in with; empty where nobody logs in
 * @param password the password to log in with
 * @param tls decides which servers are trusted
 * @param timeout how long the server may be silent
 */
public record Route(
        String host,
        int port,
        Security security,
        Optional<String> user,
        String password,
        SSLContext tls,
        Duration timeout) {

    @Override
    public String toString() {
        return user.map(name -> name + "@").orElse("") + host + ":" + port;
    }
}
