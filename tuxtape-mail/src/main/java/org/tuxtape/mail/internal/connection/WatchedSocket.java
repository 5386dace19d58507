package org.tuxtape.mail.internal.connection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A socket that is read under the eyes of a {@link Watch}. It lies below TLS, which may not be disturbed while it reads. */
final class WatchedSocket extends Socket {
    private static final int GLANCE_MILLIS = 200;

    private final Socket raw;
    private final Watch watch;

    WatchedSocket(Socket raw, Watch watch) {
        this.raw = raw;
        this.watch = watch;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new WatchedInput(raw.getInputStream());
    }

    private final class WatchedInput extends FilterInputStream {
        WatchedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            raw.setSoTimeout(GLANCE_MILLIS);
            for (long waited = 0; ; waited += GLANCE_MILLIS) {
                watch.look(waited);
                try {
                    int count = super.read(target, offset, length);
                    watch.received(Math.max(count, 0));
                    return count;
                } catch (SocketTimeoutException e) {
                    // Nothing came; another look at who wants what.
                }
            }
        }
    }

    /** What the mail library asks for is the watch's business. */
    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        // A command waits for its answer: held back until the last packet is confirmed, each would take 40 ms.
        raw.setTcpNoDelay(true);
        return raw.getOutputStream();
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        raw.connect(address);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        raw.connect(address, timeout);
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        raw.bind(address);
    }

    @Override
    public synchronized void close() throws IOException {
        raw.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        raw.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        raw.shutdownOutput();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        raw.setTcpNoDelay(on);
    }

    @Override
    public InetAddress getInetAddress() {
        return raw.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return raw.getLocalAddress();
    }

    @Override
    public int getPort() {
        return raw.getPort();
    }

    @Override
    public int getLocalPort() {
        return raw.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return raw.getRemoteSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return raw.isConnected();
    }

    @Override
    public boolean isBound() {
        return raw.isBound();
    }

    @Override
    public boolean isClosed() {
        return raw.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return raw.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return raw.isOutputShutdown();
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}
