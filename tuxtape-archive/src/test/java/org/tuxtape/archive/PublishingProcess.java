package org.tuxtape.archive;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tuxtape.archive.trust.KeyFile;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.core.Context;

/** A publisher with a Java machine of its own, to be killed. */
final class PublishingProcess {
    private PublishingProcess() {}

    /** Publishes a livepatch, and stops after a number of steps on the disk. */
    public static void main(String... arguments) {
        Path home = Path.of(arguments[0]);
        FailingDisk disk = FailingDisk.waitingAfter(Integer.parseInt(arguments[1]));
        PatchArchive.open(home.resolve("archive"), signers(home), Validity.standard(), disk)
                .publish(
                        List.of(Samples.submission(home.resolve("store"), "livepatch_a", "second")),
                        Context.standard());
    }

    static List<Signer> signers(Path home) {
        return Stream.of("targets.pem", "snapshot.pem", "timestamp.pem")
                .<Signer>map(name -> KeyFile.read(home.resolve(name)))
                .toList();
    }

    /** Starts it, on a class path of all that this test has. */
    static Process start(Path home, int steps) throws IOException {
        String classPath = String.join(
                ":", origin(), System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        PublishingProcess.class.getName(),
                        home.toString(),
                        Integer.toString(steps))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String origin() {
        String name = PublishingProcess.class.getName().replace('.', '/') + ".class";
        String url = Objects.requireNonNull(PublishingProcess.class.getResource('/' + name))
                .toString();
        try {
            return Path.of(new URI(url.substring(0, url.length() - name.length())))
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
