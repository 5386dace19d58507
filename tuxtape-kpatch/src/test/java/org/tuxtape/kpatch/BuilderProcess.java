package org.tuxtape.kpatch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jgit.diff.Sequence;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.Context;
import org.tuxtape.kpatch.standin.SmallFix;

/** A builder in a process of its own. */
final class BuilderProcess {
    private static final int MINUTE = 60_000;
    private static final int BETWEEN_LOOKS = 20;

    private static final List<Class<?>> NEEDED = List.of(
            BuilderProcess.class,
            KpatchBuilder.class,
            Context.class,
            LoggerFactory.class,
            Sequence.class,
            Assumptions.class);

    private final Process process;
    private final Site site;
    private final Path output;

    private BuilderProcess(Process process, Site site, Path output) {
        this.process = process;
        this.site = site;
        this.output = output;
    }

    /** What the process does: builds one fix, and says how that ended. */
    public static void main(String[] arguments) {
        Site site = Site.at(LivepatchTool.valueOf(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        System.out.println(
                site.builder().build(site.request(arguments[3], SmallFix.valueOf(arguments[4])), Context.standard()));
    }

    /** Where a class comes from, be it patched into a module or not. */
    private static String rootOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        URL url = Objects.requireNonNull(type.getClassLoader().getResource(file));
        String root = url.toString().substring(0, url.toString().length() - file.length());
        return URI.create(root.replaceFirst("^jar:", "").replaceFirst("!/$", ""))
                .getPath();
    }

    static BuilderProcess start(Site site, String name, SmallFix fix) {
        String classPath =
                NEEDED.stream().map(BuilderProcess::rootOf).distinct().collect(Collectors.joining(File.pathSeparator));
        try {
            Path output = Files.createTempFile(site.directory(), "process", ".log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            BuilderProcess.class.getName(),
                            site.tool().name(),
                            site.standIn().prefix().toString(),
                            site.directory().toString(),
                            name,
                            fix.name())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new BuilderProcess(process, site, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its tool hangs, and ends it as the kernel would. Its tool does not notice. */
    void killWhereItHangs() {
        awaitHanging();
        kill();
    }

    void kill() {
        process.destroyForcibly();
        end();
    }

    long pid() {
        return process.pid();
    }

    void awaitHanging() {
        for (int waited = 0; !site.standIn().isHanging(); waited += BETWEEN_LOOKS) {
            if (waited > MINUTE || !process.isAlive()) {
                throw new AssertionError("Its tool does not hang: " + said());
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits for its end. */
    String end() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("It does not end: " + said());
            }
            return said();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
