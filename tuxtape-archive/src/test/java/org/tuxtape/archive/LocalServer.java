package org.tuxtape.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A real server of HTTP/1.1 on the loopback interface that gives out a directory, and for some paths whatever a test wants,
 * down to the bytes. It counts what it is asked for.
 */
final class LocalServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Path directory;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicLong received = new AtomicLong();
    final AtomicLong sent = new AtomicLong();

    private LocalServer(Path directory) {
        this.directory = directory;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is written upon a request, headers and all; the connection is closed afterwards. */
    interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    static LocalServer of(Path directory) {
        LocalServer server = new LocalServer(directory);
        start(server::accept);
        return server;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "local server");
        thread.setDaemon(true);
        thread.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    ArchiveLocation location() {
        return new ArchiveLocation.Web(address());
    }

    /** Answers requests for a path in a way of its own. */
    void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** Answers requests for a path with other bytes. */
    void answer(String path, byte[] content) {
        answer(path, out -> {
            out.write(head(200, content.length));
            out.write(content);
        });
    }

    static byte[] head(int status, long length) {
        String text = "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    void forgetCounts() {
        requests.clear();
        received.set(0);
        sent.set(0);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(counted(socket.getInputStream()));
                OutputStream out = counted(socket.getOutputStream())) {
            String path = request(in);
            while (path != null) {
                requests.add(path);
                Answer own = answers.get(path);
                if (own != null) {
                    own.write(out);
                    return;
                }
                serveFile(path, out);
                path = request(in);
            }
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void serveFile(String path, OutputStream out) throws IOException {
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
            out.write(head(404, 0));
            return;
        }
        byte[] content = Files.readAllBytes(file);
        out.write(head(200, content.length));
        out.write(content);
    }

    /** Reads a request; its path without the first slash. */
    private static String request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            text.append((char) c);
        }
        return URLDecoder.decode(text.toString().split(" ", 3)[1].substring(1), StandardCharsets.UTF_8);
    }

    private InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                received.addAndGet(Math.max(read, 0));
                return read;
            }
        };
    }

    private OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                sent.addAndGet(length);
            }

            @Override
            public void write(int b) throws IOException {
                out.write(b);
                sent.incrementAndGet();
            }
        };
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
