package org.tuxtape.kpatch.internal.disk;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.tuxtape.core.Context;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.testkit.ManualClock;

/** A Java machine of its own, to be killed. */
public final class ChildJvm {
    private ChildJvm() {}

    /** Runs a class's main, perhaps behind words such as those of a shell that sets a limit. */
    public static Process start(List<String> wrapper, Class<?> main, String... arguments) throws IOException {
        String classPath = Stream.of(
                        main, ArtefactStore.class, Context.class, ManualClock.class, Logger.class, NullMarked.class)
                .map(ChildJvm::origin)
                .distinct()
                .collect(Collectors.joining(":"));
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
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
}
