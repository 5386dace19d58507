package org.tuxtape.examples;

import java.nio.file.Path;

/** The bundled sample: a few announcements in our own words, and a build tree cut down to what a profile reads. */
final class Sample {
    private Sample() {}

    static Path archive() {
        return directory().resolve("announcements.mbox");
    }

    static Path buildTree() {
        return directory().resolve("linux");
    }

    private static Path directory() {
        return Path.of(System.getProperty("tuxtape.sample", "examples/sample"));
    }
}
