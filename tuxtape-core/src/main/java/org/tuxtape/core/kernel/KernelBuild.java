package org.tuxtape.core.kernel;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which build of which kernel: what a profile is the profile of, and what a livepatch fits.
 *
 * @param release what {@code uname -r} says on a machine that runs it
 * @param version the upstream version of its source
 * @param architecture the directory below {@code arch/} it was built for, for example {@code x86}; empty if unknown
 * @param compiler the compiler's own version line, as {@code CONFIG_CC_VERSION_TEXT} has it; empty if unknown
 * @param configDigest SHA-256 of the {@code .config}'s bytes, 64 lower-case hexadecimal digits; empty if unknown
 * @since 0.1
 */
public record KernelBuild(
        KernelRelease release,
        KernelVersion version,
        Optional<String> architecture,
        Optional<String> compiler,
        Optional<String> configDigest) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Rejects a digest that is none. */
    public KernelBuild {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(compiler, "compiler");
        if (configDigest.isPresent() && !SHA256.matcher(configDigest.get()).matches()) {
            throw new IllegalArgumentException("Not a SHA-256: '" + configDigest.get() + "'.");
        }
    }

    /**
     * Returns a build of which nothing but the upstream version is known.
     *
     * @param version its version
     * @return the build
     */
    public static KernelBuild of(KernelVersion version) {
        return new KernelBuild(
                KernelRelease.parse(version.toString()), version, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns this build with another upstream version, for a caller that knows better than the tree.
     *
     * @param other the version to judge by
     * @return a build that differs in {@link #version()} only
     */
    public KernelBuild withVersion(KernelVersion other) {
        return new KernelBuild(release, other, architecture, compiler, configDigest);
    }

    /**
     * Tells whether somebody appended to the upstream version. Such a kernel may carry back-ported fixes and features
     * that no version number shows, so what the version alone says of it is weak.
     *
     * @return whether the release has a suffix
     */
    public boolean hasVendorSuffix() {
        return !release.suffix().isEmpty();
    }
}
