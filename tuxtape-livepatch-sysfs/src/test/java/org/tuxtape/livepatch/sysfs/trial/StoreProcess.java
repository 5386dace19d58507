package org.tuxtape.livepatch.sysfs.trial;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.tuxtape.core.Context;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.testkit.ManualClock;

/** A process of its own that uses a store. */
final class StoreProcess {
    static final int HALTED = 9;

    private StoreProcess() {}

    static Process start(String work, Path root, String step) throws IOException {
        String classPath = Stream.of(
                        StoreProcess.class,
                        PatchStore.class,
                        Context.class,
                        ManualClock.class,
                        Logger.class,
                        NullMarked.class)
                .map(StoreProcess::origin)
                .distinct()
                .collect(Collectors.joining(":"));
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        StoreProcess.class.getName(),
                        work,
                        root.toString(),
                        step))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String origin(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(type.getResource('/' + name));
        String text = url.toString().replace("jar:", "");
        try {
            return Path.of(new URI(
                            text.substring(0, text.length() - name.length()).replace("!/", "")))
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Path root = Path.of(arguments[1]);
        Life life = Life.of(Integer.parseInt(arguments[2]));
        if (arguments[0].equals("hold")) {
            StoreLock.take(root.resolve("tuxtape/lock"), "to hold the lock", Duration.ZERO, Context.standard());
            System.out.println("held");
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
        PatchStore store = PatchStore.open(
                root.resolve("tuxtape"),
                KernelFiles.under(root),
                Context.standard(),
                life.halting().disk());
        store.turnDown(store.contents().patches().get(0), "a process", "in step " + arguments[2]);
    }
}
