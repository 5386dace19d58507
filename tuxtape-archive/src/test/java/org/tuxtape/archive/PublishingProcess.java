package org.tuxtape.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.tuxtape.archive.trust.KeyFile;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;

/** A publisher with a Java machine of its own, to be killed or to be met. */
final class PublishingProcess {
    private PublishingProcess() {}

    /**
     * Either publishes a livepatch and stops after a number of steps on the disk, or adds a line to the policy as soon as
     * it is sent one.
     */
    public static void main(String... arguments) {
        Path home = Path.of(arguments[0]);
        if (arguments[1].equals("publish")) {
            archive(home, FailingDisk.waitingAfter(Integer.parseInt(arguments[2])))
                    .publish(
                            List.of(Samples.submission(home.resolve("store"), "livepatch_a", "second")),
                            Context.standard());
        } else {
            archive(home, Disk.REAL).changePolicy(PublishingProcess::withLine, Context.standard());
        }
    }

    private static String withLine(Optional<String> before) {
        System.out.println("begun");
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            return before.orElse("") + input.readLine() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the keys that such a publisher has, and keeps them in files. */
    static Keys keys(Path home) {
        return Keys.create()
                .with(Role.TARGETS, 1, KeyFile.generate(home.resolve("targets.pem"), KeyScheme.ED25519))
                .with(Role.SNAPSHOT, 1, KeyFile.generate(home.resolve("snapshot.pem"), KeyScheme.ECDSA_P256))
                .with(Role.TIMESTAMP, 1, KeyFile.generate(home.resolve("timestamp.pem"), KeyScheme.ED25519));
    }

    /** The archive that such a publisher changes. */
    static PatchArchive archive(Path home) {
        return archive(home, Disk.REAL);
    }

    private static PatchArchive archive(Path home, Disk disk) {
        return PatchArchive.open(home.resolve("archive"), signers(home), Validity.standard(), disk);
    }

    private static List<Signer> signers(Path home) {
        return Stream.of("targets.pem", "snapshot.pem", "timestamp.pem")
                .<Signer>map(name -> KeyFile.read(home.resolve(name)))
                .toList();
    }

    static Process publishing(Path home, int steps) throws IOException {
        return start(home.toString(), "publish", Integer.toString(steps));
    }

    static Process addingToThePolicy(Path home) throws IOException {
        return start(home.toString(), "policy");
    }

    /** Starts it, on a class path of all that this test has. */
    private static Process start(String... arguments) throws IOException {
        String classPath = String.join(
                ":", origin(), System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""));
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                PublishingProcess.class.getName()));
        call.addAll(List.of(arguments));
        return new ProcessBuilder(call)
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
