package org.tuxtape.archive.rollout;

import java.util.Objects;
import java.util.regex.Pattern;
import org.tuxtape.archive.KernelIndex;
import org.tuxtape.core.livepatch.LivepatchName;

/**
 * A patch as it is spoken of. The digest says which one it is; the name is for people, and takes no part in any choice.
 *
 * @param sha256 digest of the {@code .ko}, 64 lower-case hexadecimal digits
 * @param name what the kernel calls it
 * @since 0.1
 */
public record PatchRef(String sha256, LivepatchName name) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Rejects a digest that is none. */
    public PatchRef {
        Objects.requireNonNull(name, "name");
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a SHA-256: '" + Line.of(sha256, 100) + "'.");
        }
    }

    /**
     * Returns how a published patch is spoken of.
     *
     * @param patch what an archive lists
     * @return its digest and its name
     */
    public static PatchRef of(KernelIndex.Patch patch) {
        return new PatchRef(patch.sha256(), patch.name());
    }

    /** Reads the digest and the name, with a blank between them. */
    static PatchRef parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("Not a digest and a name: '" + Line.of(text, 200) + "'.");
        }
        return new PatchRef(text.substring(0, blank), new LivepatchName(text.substring(blank + 1)));
    }

    /** Tells whether both are the same module, whatever they are called. */
    boolean isSame(PatchRef other) {
        return sha256.equals(other.sha256);
    }

    String toText() {
        return sha256 + ' ' + name;
    }

    /** Returns the name and the beginning of the digest, for people. */
    @Override
    public String toString() {
        return name + " (" + sha256.substring(0, 12) + ")";
    }
}
