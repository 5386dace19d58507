package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Of which kinds of files an origin shows that they were left out of a build.
 *
 * @param extensions of the files whose use would have left a trace; empty if nothing does
 * @param whyNotOthers why a file of another kind may have been used without a trace, one sentence
 * @param images whether it also shows what became part of images of their own, such as the vdso and the decompressor
 */
public record Coverage(SortedSet<String> extensions, String whyNotOthers, boolean images) {
    /** What a compiler records of all that it reads. */
    static final Coverage EVERY_INPUT = new Coverage(
            new TreeSet<>(Set.of("c", "h", "S", "rs")),
            "It is nothing that a compiler reads; what the build made of it is not recorded.",
            true);

    /** Returns the reason, one sentence, why the file may have been used all the same; else empty. */
    Optional<String> whyUnseen(SourcePath path) {
        String name = path.name();
        if (!extensions.contains(name.substring(name.lastIndexOf('.') + 1)) || name.indexOf('.') < 0) {
            return Optional.of(whyNotOthers);
        }
        return !images && isOfImage(path.text())
                ? Optional.of(
                        "It may be part of an image of its own, such as the vdso, of which this origin tells nothing.")
                : Optional.empty();
    }

    /** Tells whether the file lies where the kernel keeps the sources of images that are linked beside vmlinux. */
    static boolean isOfImage(String path) {
        return path.startsWith("arch/")
                && (path.contains("/boot/")
                        || path.contains("/vdso")
                        || path.contains("/realmode/rm/")
                        || path.contains("/purgatory/")
                        || path.contains("/kvm/hyp/nvhe/"));
    }
}
