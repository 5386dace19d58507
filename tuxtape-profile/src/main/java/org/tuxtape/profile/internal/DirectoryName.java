package org.tuxtape.profile.internal;

import java.util.Optional;

/** Finds the directory that a path runs through at a certain depth. */
final class DirectoryName {
    private DirectoryName() {}

    /** Returns {@code x86} for {@code arch/x86/kernel/head.S} below {@code arch}; empty if it is in no such place. */
    static Optional<String> below(String parent, String path) {
        if (!path.startsWith(parent + "/")) {
            return Optional.empty();
        }
        int slash = path.indexOf('/', parent.length() + 1);
        return slash < 0 ? Optional.empty() : Optional.of(path.substring(parent.length() + 1, slash));
    }
}
