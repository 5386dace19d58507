package org.tuxtape.mail.internal.mailbox;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.tuxtape.mail.internal.connection.Security;

/**
 * How a mailbox is reached.
 *
 * @param host the server
 * @param port its port
 * @param security what protects the connection
 * @param user the name to log in with
 * @param password the password to log in with
 * @param folder the folder to read
 * @param tls decides which servers are trusted
 * @param timeout how long the server may be silent
 * @param attempts how often a broken connection is made anew before the reading is given up
 */
public record Account(
        String host,
        int port,
        Security security,
        String user,
        String password,
        String folder,
        SSLContext tls,
        Duration timeout,
        int attempts) {

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + folder;
    }
}
