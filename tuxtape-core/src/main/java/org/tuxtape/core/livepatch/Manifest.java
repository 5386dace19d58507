package org.tuxtape.core.livepatch;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;

/**
 * What is known of a livepatch module: what it is, what it fits, what it fixes. It lies beside the {@code .ko} as a small
 * text file, see {@link #toText()}.
 *
 * @param name the module
 * @param sha256 digest of the {@code .ko}, 64 lower-case hexadecimal digits
 * @param release the kernel that it was built for
 * @param kernelBuildId the build id of that kernel's {@code vmlinux}, which tells it from other builds of the release; lower-case
 *     hexadecimal digits. Empty if it is not known
 * @param vermagic the module's own version magic
 * @param builder the tool and its version, for example {@code kpatch-build 0.9.10}
 * @param key the key of the build that made it; empty if no {@link PatchBuilder} did
 * @param replacement what it does to livepatches loaded before it
 * @param fixes the CVEs that it fixes
 * @param functions what it patches
 * @since 0.1
 */
public record Manifest(
        LivepatchName name,
        String sha256,
        KernelRelease release,
        Optional<String> kernelBuildId,
        String vermagic,
        String builder,
        Optional<BuildKey> key,
        Replacement replacement,
        SortedMap<CveId, FixedBy> fixes,
        SortedSet<PatchedFunction> functions) {
    /** What the name of a manifest's file ends with, see {@link #beside}. */
    public static final String SUFFIX = ".manifest";

    private static final Pattern BUILD_ID = Pattern.compile("(?:[0-9a-f]{2}){1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Copies the collections, and rejects a digest or build id that is none, and a fix in an object that is not patched. */
    public Manifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(release, "release");
        kernelBuildId.filter(id -> !BUILD_ID.matcher(id).matches()).ifPresent(id -> {
            throw new IllegalArgumentException("Not a build id: '" + id + "'.");
        });
        Objects.requireNonNull(vermagic, "vermagic");
        Objects.requireNonNull(builder, "builder");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(replacement, "replacement");
        requireDigest(sha256);
        fixes = Sorted.map(fixes);
        functions = Sorted.set(functions);
        SortedSet<KernelObject> patched = objectsOf(functions);
        fixes.forEach((cve, fix) -> {
            if (!patched.containsAll(fix.objects())) {
                throw new IllegalArgumentException(
                        cve + " is said to be fixed in an object without a patched function.");
            }
        });
    }

    /**
     * Describes a module of which it is not known for which build of the release it is.
     *
     * @param name the module
     * @param sha256 digest of the {@code .ko}
     * @param release the kernel that it was built for
     * @param vermagic the module's own version magic
     * @param builder the tool and its version
     * @param key the key of the build that made it
     * @param replacement what it does to livepatches loaded before it
     * @param fixes the CVEs that it fixes
     * @param functions what it patches
     */
    public Manifest(
            LivepatchName name,
            String sha256,
            KernelRelease release,
            String vermagic,
            String builder,
            Optional<BuildKey> key,
            Replacement replacement,
            SortedMap<CveId, FixedBy> fixes,
            SortedSet<PatchedFunction> functions) {
        this(name, sha256, release, Optional.empty(), vermagic, builder, key, replacement, fixes, functions);
    }

    /**
     * Says for which build of its release the module is.
     *
     * @param buildId the build id of the kernel's {@code vmlinux}
     * @return the same, but for that
     */
    public Manifest withKernelBuildId(String buildId) {
        return new Manifest(
                name, sha256, release, Optional.of(buildId), vermagic, builder, key, replacement, fixes, functions);
    }

    static void requireDigest(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("Not a SHA-256: '" + sha256 + "'.");
        }
    }

    /**
     * How a CVE is fixed.
     *
     * @param commits its fix commits, in the order in which they were applied
     * @param objects what has to be patched before it counts as fixed, at least one
     */
    public record FixedBy(List<CommitId> commits, SortedSet<KernelObject> objects) {
        /** Copies the collections, and rejects a fix that needs no object. */
        public FixedBy {
            commits = List.copyOf(commits);
            objects = Sorted.set(objects);
            if (objects.isEmpty()) {
                throw new IllegalArgumentException("A fix changes at least one object.");
            }
        }
    }

    /**
     * Returns what the livepatch changes.
     *
     * @return the objects of its functions
     */
    public SortedSet<KernelObject> objects() {
        return objectsOf(functions);
    }

    private static SortedSet<KernelObject> objectsOf(SortedSet<PatchedFunction> functions) {
        return Sorted.set(functions.stream().map(PatchedFunction::object).toList());
    }

    /**
     * Tells whether a livepatch that the kernel shows is this one, as far as that can be seen: a module that was loaded under
     * a name of ours proves nothing.
     *
     * @param shown what the kernel shows
     * @return whether it has the same name and exactly the same functions
     */
    public boolean describes(Livepatch shown) {
        return name.equals(shown.name())
                && running(functions.stream())
                        .equals(running(shown.objects().stream().flatMap(object -> object.functions().stream())));
    }

    private static SortedSet<PatchedFunction> running(Stream<PatchedFunction> functions) {
        return Sorted.set(functions.map(PatchedFunction::asRunning).toList());
    }

    /**
     * Writes it as text: equal manifests give equal text, whoever wrote them.
     *
     * @return a {@link org.tuxtape.core.text.Stanza} whose first field names the form and its version
     */
    public String toText() {
        return ManifestText.write(this);
    }

    /**
     * Returns where the manifest of a module is looked for: {@code livepatch_a.ko.manifest} beside {@code livepatch_a.ko}.
     *
     * @param module the file of the module
     * @return the file of its manifest, which need not be there
     */
    public static Path beside(Path module) {
        return module.resolveSibling(module.getFileName() + SUFFIX);
    }

    /**
     * Reads what {@link #toText()} has written.
     *
     * @param text the text
     * @return the manifest
     * @throws IllegalArgumentException if it is none, or one of a form that this version does not know
     */
    public static Manifest parse(String text) {
        return ManifestText.read(text);
    }
}
