package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.internal.StoredProfile;

/**
 * A profile in one small file, which a build farm writes once and every other tool reads: JSON, compressed with gzip.
 *
 * <pre>{@code
 * ProfileFile.write(KbuildTree.read(Path.of("/src/linux")), Path.of("6.1.192.profile"));
 * KbuildProfile profile = ProfileFile.read(Path.of("6.1.192.profile"));
 * }</pre>
 *
 * <p>A profile that was read answers every question as the written one did; only where the source lies is not kept.
 * The JSON of equal profiles is equal, byte by byte, and so is the file where the same version of zlib compresses it.
 *
 * <p><b>Format, version 1.</b> One object with the members {@code format} ({@code tuxtape-profile}), {@code version},
 * {@code sha256} and {@code profile}, in this order and without blanks; the checksum is that of the bytes of the last.
 * The reader is strict: it refuses other versions, unknown members, and what does not fit the checksum.
 *
 * @since 0.1
 */
public final class ProfileFile {
    private ProfileFile() {}

    /**
     * Writes a profile. An existing file is replaced at once; if writing fails it stays as it was.
     *
     * @param profile what to write
     * @param file where to
     * @throws ProfileException if the file cannot be written
     */
    public static void write(KbuildProfile profile, Path file) {
        StoredProfile.write(profile.contents(), Objects.requireNonNull(file, "file"));
    }

    /**
     * Returns what {@link #write} writes.
     *
     * @param profile the profile
     * @return the bytes of its file
     */
    public static byte[] bytes(KbuildProfile profile) {
        return StoredProfile.bytes(profile.contents());
    }

    /**
     * Reads a profile.
     *
     * @param file what {@link #write} wrote
     * @return the profile
     * @throws ProfileException if it is missing, not permitted, no such file or of another version, damaged, or larger
     *     than 512 MiB when it is expanded
     */
    public static KbuildProfile read(Path file) {
        return new KbuildProfile(StoredProfile.read(Objects.requireNonNull(file, "file")));
    }
}
