package org.tuxtape.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real browser without a window, spoken to by its own DevTools protocol. Everything that it asks the network for, and
 * everything that a page complains of, is kept.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
final class Browser implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LIMIT_SECONDS = 90;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private String session = "";
    private int commands;

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Ear())
                .join();
    }

    /** Starts one, with a state of its own. */
    static Browser start(Path program, Path state) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + state,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("log").toFile())
                .start();
        Browser browser = new Browser(process, address(process, state.resolve("DevToolsActivePort")));
        browser.attach();
        return browser;
    }

    /** The browser writes where it listens; that file is the only sign that it does. */
    private static URI address(Process process, Path file) throws IOException, InterruptedException {
        for (int i = 0; i < LIMIT_SECONDS * 10; i++) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() == 2) {
                    return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
                }
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException("The browser ended with " + process.exitValue() + ".");
            }
        }
        process.destroyForcibly();
        throw new IOException("The browser does not listen.");
    }

    private void attach() {
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asString("");
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asString("");
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Opens a page as a window of that width sees it, and returns when it is loaded. */
    void open(Path page, int width, boolean isDark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
        events.clear();
        requests.clear();
        complaints.clear();
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        await(event -> event.path("method").asString("").equals("Page.loadEventFired"));
    }

    /** Returns what an expression of JavaScript gives, as JSON. */
    JsonNode ask(String expression) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError("The page throws: " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Has everything laid out, also what is far below, as it is once somebody has scrolled there. */
    void showAll() {
        ask("document.querySelectorAll('article').forEach(card => card.style.contentVisibility = 'visible')");
    }

    /** Presses a key in what has the focus. */
    void press(String key) {
        int code = key.equals("Tab") ? 9 : 13;
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            key.equals("Enter") && type.equals("keyDown") ? "\r" : ""));
        }
    }

    /** Turns scripts off or on for pages that are opened from now on. */
    void scripts(boolean areOn) {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !areOn));
    }

    /** Writes what can be seen, from the top down. */
    void screenshot(Path file, int width, int height) throws IOException {
        JsonNode picture = call(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asString("")));
    }

    /** Writes what a printer would get. */
    void print(Path file) throws IOException {
        JsonNode paper =
                call("Page.printToPDF", Map.of("preferCSSPageSize", true, "paperWidth", 8.27, "paperHeight", 11.7));
        Files.write(file, Base64.getDecoder().decode(paper.path("data").asString("")));
    }

    /** What was asked of the network since the page was opened, but for the page itself. */
    List<String> requests() {
        return requests.stream()
                .filter(url -> !url.startsWith("file:") && !url.startsWith("data:"))
                .toList();
    }

    /** Errors and warnings since the page was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        ObjectNode command = MAPPER.createObjectNode().put("id", ++commands).put("method", method);
        command.set("params", MAPPER.valueToTree(parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        socket.sendText(command.toString(), true).join();
        JsonNode answer = next(answers, node -> node.path("id").asInt(0) == commands);
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    private void await(Predicate<JsonNode> wanted) {
        next(events, wanted);
    }

    private static JsonNode next(BlockingQueue<JsonNode> queue, Predicate<JsonNode> wanted) {
        try {
            for (; ; ) {
                JsonNode node = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                if (node == null) {
                    throw new AssertionError("The browser is silent.");
                }
                if (wanted.test(node)) {
                    return node;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
            message.append(text);
            if (isLast) {
                hear(MAPPER.readTree(message.toString()));
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void hear(JsonNode node) {
            if (node.has("id")) {
                answers.add(node);
                return;
            }
            JsonNode parameters = node.path("params");
            switch (node.path("method").asString("")) {
                case "Network.requestWillBeSent" ->
                    requests.add(parameters.at("/request/url").asString(""));
                case "Runtime.exceptionThrown" ->
                    complaints.add(parameters.path("exceptionDetails").toString());
                case "Runtime.consoleAPICalled" ->
                    complaints.add(parameters.path("args").toString());
                case "Log.entryAdded" ->
                    complaints.add(parameters.at("/entry/text").asString(""));
                default -> {}
            }
            events.add(node);
        }
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly().onExit().join();
        for (ProcessHandle child : all) {
            child.destroyForcibly();
            child.onExit().join();
        }
    }
}
