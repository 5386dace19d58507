package org.tuxtape.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.tuxtape.core.Context;

/** Prints what a node's looking costs, for archives of several sizes: run it as a program. */
final class CheckFigures {
    private CheckFigures() {}

    /** Takes the numbers of patches, 1, 100 and 1000 if none are given. */
    public static void main(String... arguments) throws IOException {
        List<String> sizes = arguments.length == 0 ? List.of("1", "100", "1000") : List.of(arguments);
        System.out.printf("%8s  %-14s %8s %9s %9s%n", "patches", "what", "requests", "sent", "received");
        for (String size : sizes) {
            Path home = Files.createTempDirectory("tuxtape-figures");
            print(home, Integer.parseInt(size));
        }
    }

    private static void print(Path home, int patches) {
        Publisher publisher = Publisher.withArchive(home);
        List<Submission> submissions = IntStream.range(0, patches)
                .mapToObj(i -> Samples.submission(home.resolve("store"), "livepatch_a", "f" + i))
                .toList();
        KernelIndex.Patch patch = ((Publication.Published)
                        publisher.archive().publish(submissions, publisher.context()))
                .patches()
                .get(patches - 1);
        publisher.setPolicy("Format: none\n");
        Context context = publisher.context();
        try (LocalServer server = LocalServer.of(publisher.directory())) {
            ArchiveClient client = publisher.client(server.location());
            line(server, patches, "first view", () -> read(client.update(context), context));
            line(server, patches, "nothing new", () -> read(client.update(context), context));
            line(
                    server,
                    patches,
                    "one patch",
                    () -> client.last(context).fetch(Samples.KERNEL, patch, home.resolve("got"), context));
            publisher.archive().refresh(context);
            line(server, patches, "new timestamp", () -> read(client.update(context), context));
            publisher.setPolicy("Format: another\n");
            line(server, patches, "new policy", () -> read(client.update(context), context));
        }
    }

    private static void read(ArchiveView view, Context context) {
        view.policy(context);
        view.index(Samples.KERNEL, context);
    }

    private static void line(LocalServer server, int patches, String what, Runnable work) {
        server.forgetCounts();
        work.run();
        System.out.printf(
                "%8d  %-14s %8d %9d %9d%n",
                patches, what, server.requests.size(), server.received.get(), server.sent.get());
    }
}
