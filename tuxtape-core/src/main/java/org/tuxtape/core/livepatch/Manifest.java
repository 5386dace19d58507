package org.tuxtape.core.livepatch;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelRelease;

/**
 * What is known of a livepatch module: what it is, what it fits, what it fixes.
 *
 * @param name the module
 * @param sha256 digest of the {@code .ko}, 64 lower-case hexadecimal digits
 * @param release the kernel that it was built for
 * @param vermagic the module's own version magic
 * @param builder the tool and its version, for example {@code kpatch-build 0.9.10}
 * @param key the key of the build that made it
 * @param replacement what it does to livepatches loaded before it
 * @param fixes the CVEs that it fixes, each with its fix commits in order
 * @param functions what it patches
 * @since 0.1
 */
public record Manifest(
        LivepatchName name,
        String sha256,
        KernelRelease release,
        String vermagic,
        String builder,
        BuildKey key,
        Replacement replacement,
        SortedMap<CveId, List<CommitId>> fixes,
        SortedSet<PatchedFunction> functions) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Copies the collections, and rejects a digest that is none. */
    public Manifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(vermagic, "vermagic");
        Objects.requireNonNull(builder, "builder");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(replacement, "replacement");
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a SHA-256: '" + sha256 + "'.");
        }
        SortedMap<CveId, List<CommitId>> copies = new TreeMap<>();
        fixes.forEach((cve, commits) -> copies.put(cve, List.copyOf(commits)));
        fixes = Collections.unmodifiableSortedMap(copies);
        functions = Sorted.set(functions);
    }
}
