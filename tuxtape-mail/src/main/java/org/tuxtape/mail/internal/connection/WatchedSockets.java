package org.tuxtape.mail.internal.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes sockets for the mail library, which asks for them in one way where it begins without TLS, and in another where it
 * puts TLS upon a socket.
 */
public final class WatchedSockets {
    private WatchedSockets() {}

    /** Sockets without TLS. */
    public static SocketFactory plain(Watch watch) {
        return new SocketFactory() {
            @Override
            public Socket createSocket() {
                return new WatchedSocket(new Socket(), watch);
            }

            @Override
            public Socket createSocket(String host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** TLS upon a socket that is connected. */
    public static SSLSocketFactory secure(SSLSocketFactory tls, Watch watch) {
        return new SSLSocketFactory() {
            @Override
            public Socket createSocket(Socket socket, String host, int port, boolean close) throws IOException {
                Socket watched = socket instanceof WatchedSocket ? socket : new WatchedSocket(socket, watch);
                return tls.createSocket(watched, host, port, close);
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return tls.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return tls.getSupportedCipherSuites();
            }

            @Override
            public Socket createSocket(String host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
