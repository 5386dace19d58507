package org.tuxtape.core.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tuxtape.core.elf.Architecture;
import org.tuxtape.core.elf.BuildIdNote;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.core.elf.ElfFile.Section;

/**
 * One linked kernel and no other. Two builds of a release have the same name but not the same addresses and inlining, so
 * a livepatch of the one is not a livepatch of the other; the linker's build id tells them apart.
 *
 * @param release what {@code uname -r} says on a machine that runs it; it has no {@code /}
 * @param architecture what {@code uname -m} says there, for example {@code x86_64}: letters, digits and {@code _}
 * @param buildId the build id of its {@code vmlinux}: lower-case hexadecimal digits, two for each of 1 to 64 bytes
 * @since 0.1
 */
public record KernelIdentity(KernelRelease release, String architecture, String buildId) {
    private static final Pattern ARCHITECTURE = Pattern.compile("[A-Za-z0-9_]{1,32}");
    private static final Pattern BUILD_ID = Pattern.compile("(?:[0-9a-f]{2}){1,64}");
    // The kernel's linux_banner. Its linux_proc_banner has placeholders there.
    private static final byte[] BANNER = "Linux version ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_RELEASE = 64;

    /** Rejects what does not have the shapes above. */
    public KernelIdentity {
        Objects.requireNonNull(release, "release");
        if (release.text().indexOf('/') >= 0) {
            throw new IllegalArgumentException("Not the release of a kernel that runs: '" + release + "'.");
        }
        if (!ARCHITECTURE.matcher(architecture).matches()) {
            throw new IllegalArgumentException("Not an architecture: '" + architecture + "'.");
        }
        if (!BUILD_ID.matcher(buildId).matches()) {
            throw new IllegalArgumentException("Not a build id: '" + buildId + "'.");
        }
    }

    /**
     * Identifies the kernel that is running, by what it shows of itself.
     *
     * @param release what {@code /proc/sys/kernel/osrelease} holds, or {@code uname -r} prints
     * @param architecture what {@code uname -m} prints
     * @param notes what {@code /sys/kernel/notes} holds, in the machine's byte order; the position is not moved
     * @return its identity
     * @throws IllegalArgumentException if the notes have no build id, or one of the others is none
     */
    public static KernelIdentity running(KernelRelease release, String architecture, ByteBuffer notes) {
        return new KernelIdentity(release, architecture, buildId(BuildIdNote.find(notes)));
    }

    /**
     * Identifies a kernel on disk.
     *
     * @param vmlinux the whole ELF file, with or without debug information, from the buffer's position to its limit;
     *     neither is moved
     * @return its identity
     * @throws IllegalArgumentException if it is no {@code vmlinux}, or one that was linked without a build id
     */
    public static KernelIdentity ofVmlinux(ByteBuffer vmlinux) {
        ElfFile file = ElfFile.of(vmlinux);
        return new KernelIdentity(release(file), Architecture.of(file), buildId(BuildIdNote.of(file)));
    }

    private static String buildId(Optional<String> found) {
        return found.orElseThrow(() -> new IllegalArgumentException("The kernel has no build id."));
    }

    private static KernelRelease release(ElfFile file) {
        for (Section section : file.sections(".rodata")) {
            ByteBuffer bytes = file.bytes(section);
            for (int at = find(bytes, 0); at >= 0; at = find(bytes, at)) {
                Optional<KernelRelease> release = KernelRelease.tryParse(word(bytes, at));
                if (release.isPresent()) {
                    return release.get();
                }
            }
        }
        throw new IllegalArgumentException("It is an ELF file, but no kernel that says its release.");
    }

    /** Where the next banner's text goes on, or -1. */
    private static int find(ByteBuffer bytes, int from) {
        for (int at = from; at <= bytes.limit() - BANNER.length; at++) {
            int same = 0;
            while (same < BANNER.length && bytes.get(at + same) == BANNER[same]) {
                same++;
            }
            if (same == BANNER.length) {
                return at + same;
            }
        }
        return -1;
    }

    private static String word(ByteBuffer bytes, int from) {
        int to = from;
        int end = Math.min(bytes.limit(), from + LONGEST_RELEASE + 1);
        while (to < end && bytes.get(to) > ' ') {
            to++;
        }
        byte[] word = new byte[to - from];
        bytes.get(from, word);
        return new String(word, StandardCharsets.US_ASCII);
    }

    /** Returns the three, with blanks between them. */
    @Override
    public String toString() {
        return release + " " + architecture + " " + buildId;
    }
}
