package org.tuxtape.archive.rollout;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of this machine that takes a request with its body and answers with the very bytes that it was told to. */
final class ReportServer implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)\r\n");

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean endless;
    private volatile Runnable asked = () -> {};

    ReportServer() throws IOException {
        Thread thread = new Thread(this::serve, "report server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    /** Gives these bytes once, and then closes; nothing at all and no end if there are none. */
    void answers(String bytes) {
        answers.add(bytes);
    }

    /** Gives these bytes and then chunks until the client has gone. */
    void answersEndlessly(String head) {
        endless = true;
        answers.add(head);
    }

    void whenAsked(Runnable action) {
        asked = action;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                if (socket.isClosed()) {
                    return; // whoever came while it was closed may have got in still
                }
                requests.add(request(connection.getInputStream()));
                asked.run();
                String answer = answers.take();
                OutputStream out = connection.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                while (endless) {
                    out.write("1000\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    out.write(new byte[0x1000]);
                    out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
                if (answer.isEmpty()) {
                    // Ends when the client goes.
                    connection.getInputStream().read();
                }
            } catch (IOException e) {
                // the client has seen enough, or the test is over
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head;
            }
            bytes.write(next);
            head = bytes.toString(StandardCharsets.UTF_8);
        }
        Matcher length = LENGTH.matcher(head);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        bytes.write(in.readNBytes(body));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
