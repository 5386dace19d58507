package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tuxtape.core.Event;
import org.tuxtape.core.EventListener;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;

/** Where artefacts become visible. As a listener it looks there at every event. */
final class Artefacts implements EventListener {
    private final Path directory;
    private final Map<Path, String> sightings = new TreeMap<>();

    Artefacts(Path directory) {
        this.directory = directory;
    }

    @Override
    public void on(Event event) {
        look();
    }

    /** Looks once; what was seen before must be as it was, which {@link #assertWhole} will tell. */
    private synchronized void look() {
        for (Path module : visible()) {
            String seen = whatIs(module);
            sightings.merge(module, seen, (before, now) -> before.equals(now) ? now : before + ", later " + now);
        }
    }

    private static String whatIs(Path module) {
        try {
            byte[] content = Files.readAllBytes(module);
            ModuleFile.parse(ByteBuffer.wrap(content));
            return "whole " + sha256(content);
        } catch (NoSuchFileException e) {
            return "gone";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return "no module: " + e.getMessage();
        }
    }

    /** Checks that whatever was seen at any time was a whole module, and always the same. */
    void assertWhole() {
        look();
        sightings.forEach(
                (module, seen) -> assertThat(seen).as(module.toString()).matches("whole [0-9a-f]{64}"));
    }

    /** Returns the modules that others can see now. What has a name with a dot before it is hidden. */
    List<Path> visible() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".ko") && !isHidden(directory.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isHidden(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(name -> name.toString().startsWith("."));
    }

    /** Checks that a module is what was asked for, and that its file is what its manifest says. */
    static void assertIs(LivepatchModule module, BuildRequest request) {
        Manifest manifest = module.manifest();
        assertThat(manifest.name()).isEqualTo(request.name());
        assertThat(manifest.release()).isEqualTo(request.kernel().release());
        assertThat(manifest.replacement()).isEqualTo(request.replacement());
        assertThat(manifest.fixes().keySet())
                .hasSameElementsAs(request.fixes().stream().map(Fix::cve).toList());
        assertThat(sha256(module.file())).as("digest of the file").isEqualTo(manifest.sha256());
    }

    static String sha256(Path file) {
        try {
            return sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
