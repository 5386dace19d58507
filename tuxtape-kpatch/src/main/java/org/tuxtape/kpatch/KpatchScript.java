package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * The script of kpatch-build, and a fault that some have. Only kernels below 5.8 know {@code .klp.arch} sections. The script
 * knows that, and yet as of 0.9.10 it may call create-diff-object with {@code --klp-arch} for any kernel; with some objects
 * that program then crashes.
 */
final class KpatchScript {
    static final String REMARK =
            "create-diff-object crashed with --klp-arch, which is for kernels below 5.8 and which this "
                    + "kpatch-build passes for every kernel; the module was built by a copy of the script without it.";

    private static final KernelVersion FIRST_WITHOUT = KernelVersion.parse("5.8");
    private static final Pattern FAULT = Pattern.compile("(/create-diff-object\"?) --klp-arch ");
    private static final List<String> COMPANIONS = List.of("lib", "libexec", "share");
    private static final long MOST_BYTES = 1 << 20;

    private KpatchScript() {}

    static boolean isFaultyFor(KernelVersion kernel) {
        return kernel.compareTo(FIRST_WITHOUT) >= 0;
    }

    /** Returns a script's text without the fault; empty if it does not have it, or cannot be read. */
    static Optional<String> mend(Path script) {
        try {
            if (Files.size(script) > MOST_BYTES) {
                return Optional.empty();
            }
            Matcher fault = FAULT.matcher(Files.readString(script, StandardCharsets.ISO_8859_1));
            return fault.find() ? Optional.of(fault.replaceAll("$1 ")) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a mended copy where it finds the same programs as the original, by the same names: make compares the commands
     * that it finds in the tree with its own, and those name the tool's compiler wrapper.
     *
     * @param prefix a new directory
     * @return the copy
     */
    static Path copy(Path script, Path prefix) throws IOException {
        String text = mend(script).orElseThrow(() -> new IOException(script + " is not as it was."));
        Path original = script.resolve("../..").normalize();
        Path bin = Files.createDirectories(prefix.resolve("bin"));
        for (String companion : COMPANIONS) {
            Path folder = original.resolve(companion);
            if (Files.isDirectory(folder)) {
                Files.createSymbolicLink(prefix.resolve(companion), folder);
            }
        }
        Path copy = bin.resolve(Objects.requireNonNull(script.getFileName()));
        Files.writeString(copy, text, StandardCharsets.ISO_8859_1);
        return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
