package org.tuxtape.examples.livepatch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.examples.Unusable;

/** The manifests that lie beside modules, {@code livepatch_a.ko.manifest} beside {@code livepatch_a.ko}. */
final class Manifests {
    private static final int MOST_BYTES = 1 << 20;

    private Manifests() {}

    static Manifest read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unusable(file + " is too large for a manifest.");
            }
            return Manifest.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Unusable("The manifest " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new Unusable(file + " is no manifest: " + e.getMessage(), e);
        }
    }

    /** Returns the files that are meant by files and directories. */
    static List<Path> find(List<Path> places) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                files.add(place);
                continue;
            }
            try (Stream<Path> entries = Files.list(place)) {
                entries.filter(entry -> entry.toString().endsWith(Manifest.SUFFIX))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new Unusable("The directory " + place + " could not be read: " + Unusable.reason(e) + ".", e);
            }
        }
        return files;
    }
}
