package org.tuxtape.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server of static files on loopback, which can vanish in the middle of one. */
final class FileServer implements AutoCloseable {
    private final Path root;
    private final ServerSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String vanishingAt = "";

    private FileServer(Path root, ServerSocket socket) {
        this.root = root;
        this.socket = socket;
    }

    static FileServer of(Path root) {
        try {
            FileServer server = new FileServer(root, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::serve, "file server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    /** The paths that were asked for since the last call. */
    List<String> requests() {
        List<String> made = List.copyOf(requests);
        requests.clear();
        return made;
    }

    /** From now on the connection breaks in the middle of files whose path has this end; nowhere if it is blank. */
    void vanishAt(String end) {
        vanishingAt = end;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                answer(connection);
            } catch (IOException e) {
                // The client, or this server, has had enough.
            }
        }
    }

    private void answer(Socket connection) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String request = reader.readLine();
        for (String line = request; line != null && !line.isEmpty(); ) {
            line = reader.readLine();
        }
        if (request == null) {
            return;
        }
        String path = URI.create(request.split(" ", 3)[1]).getPath();
        requests.add(path);
        OutputStream out = connection.getOutputStream();
        Path file = root.resolve(path.substring(1)).normalize();
        if (!file.startsWith(root) || !Files.isRegularFile(file)) {
            out.write(head("404 Not Found", 0));
            return;
        }
        byte[] content = Files.readAllBytes(file);
        out.write(head("200 OK", content.length));
        boolean vanishes = !vanishingAt.isBlank() && path.endsWith(vanishingAt);
        out.write(content, 0, vanishes ? content.length / 2 : content.length);
    }

    private static byte[] head(String status, int length) {
        return ("HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
