package org.tuxtape.archive;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where an archive lies. Nothing there is trusted.
 *
 * @since 0.1
 */
public sealed interface ArchiveLocation {

    /**
     * A web server. What it redirects to is not followed.
     *
     * @param base the archive's directory, with or without {@code /} at its end; {@code http} or {@code https}, without
     *     user, query and fragment
     */
    record Web(URI base) implements ArchiveLocation {
        /** Rejects what is no such address. */
        public Web {
            boolean isWeb = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
            if (!isWeb
                    || base.getHost() == null
                    || base.getRawUserInfo() != null
                    || base.getRawQuery() != null
                    || base.getRawFragment() != null) {
                throw new IllegalArgumentException("Not the address of an archive: '" + base + "'.");
            }
            String text = base.toString();
            base = URI.create(text.endsWith("/") ? text : text + "/");
        }
    }

    /**
     * A directory: the archive's own, a copy of it, or one that is mounted.
     *
     * @param path the directory
     */
    record Directory(Path path) implements ArchiveLocation {
        /** Rejects {@code null}. */
        public Directory {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * A file that {@link Bundle#write} made.
     *
     * @param file the file
     * @param trusted for how long it may be used after its expiry
     */
    record BundleFile(Path file, TrustedFor trusted) implements ArchiveLocation {
        /** Rejects {@code null}. */
        public BundleFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(trusted, "trusted");
        }
    }

    /**
     * Reads a location as a user writes it.
     *
     * @param text an address that begins with {@code http://} or {@code https://}; else a path, to a directory or to a
     *     bundle, which gets no grace
     * @return the location
     * @throws IllegalArgumentException if it is an address that no archive has, or no path
     */
    static ArchiveLocation parse(String text) {
        if (Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find()) {
            return new Web(URI.create(text));
        }
        Path path = Path.of(text);
        return Files.isRegularFile(path) ? new BundleFile(path, TrustedFor.nothingMore()) : new Directory(path);
    }
}
