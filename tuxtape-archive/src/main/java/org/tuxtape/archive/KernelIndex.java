package org.tuxtape.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.core.text.Stanza;

/**
 * The patches that an archive has for one kernel and no other, in the order in which they were published. Nothing is ever
 * taken out of it: what is withdrawn is said by the policy.
 *
 * @param kernel the kernel
 * @param patches by rising serial number, each content once
 * @since 0.1
 */
public record KernelIndex(KernelIdentity kernel, List<Patch> patches) {
    private static final String FORMAT = "tuxtape-index 1";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SERIAL = Pattern.compile("[1-9][0-9]{0,17}");

    /** Copies the list, and rejects serial numbers that do not rise and a content that occurs twice. */
    public KernelIndex {
        Objects.requireNonNull(kernel, "kernel");
        patches = List.copyOf(patches);
        long last = 0;
        Set<String> contents = new HashSet<>();
        for (Patch patch : patches) {
            if (patch.serial() <= last || !contents.add(patch.sha256())) {
                throw new IllegalArgumentException(
                        "The patch " + patch.serial() + " is out of order, or there already.");
            }
            last = patch.serial();
        }
    }

    /**
     * A published patch.
     *
     * @param serial grows with every patch of this kernel, from 1
     * @param name the module
     * @param sha256 digest of the {@code .ko}, 64 lower-case hexadecimal digits
     * @param published when, by the publisher's clock, in whole seconds
     */
    public record Patch(long serial, LivepatchName name, String sha256, Instant published) {
        /** Rejects a serial number below 1 and a digest that is none. */
        public Patch {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(published, "published");
            if (serial < 1 || !SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("Not a patch: " + serial + ", '" + sha256 + "'.");
            }
        }

        /**
         * Returns the target path of the module.
         *
         * @return {@code patches/SHA256/NAME.ko}
         */
        public String module() {
            return "patches/" + sha256 + "/" + name + ".ko";
        }

        /**
         * Returns the target path of its manifest.
         *
         * @return the module's, with the suffix of manifests
         */
        public String manifest() {
            return module() + Manifest.SUFFIX;
        }

        /**
         * Returns the target path of its reviews.
         *
         * @return the module's, with the suffix of reviews
         */
        public String reviews() {
            return module() + Reviews.SUFFIX;
        }
    }

    /**
     * Returns the index of a kernel for which nothing has been published.
     *
     * @param kernel the kernel
     * @return an empty index
     */
    public static KernelIndex of(KernelIdentity kernel) {
        return new KernelIndex(kernel, List.of());
    }

    /**
     * Adds a patch, unless its content is there already.
     *
     * @param name the module
     * @param sha256 digest of the {@code .ko}
     * @param published when; parts of a second are dropped
     * @return an index that lists the patch
     */
    public KernelIndex with(LivepatchName name, String sha256, Instant published) {
        if (find(sha256).isPresent()) {
            return this;
        }
        long last = patches.isEmpty() ? 0 : patches.get(patches.size() - 1).serial();
        Patch patch = new Patch(last + 1, name, sha256, Instant.ofEpochSecond(published.getEpochSecond()));
        return new KernelIndex(
                kernel, Stream.concat(patches.stream(), Stream.of(patch)).toList());
    }

    /**
     * Finds a patch by its content.
     *
     * @param sha256 digest of the {@code .ko}
     * @return the patch, or empty
     */
    public Optional<Patch> find(String sha256) {
        return patches.stream().filter(patch -> patch.sha256().equals(sha256)).findFirst();
    }

    /**
     * Returns where the index of a kernel lies in an archive.
     *
     * @param kernel the kernel
     * @return the target path {@code kernels/ARCHITECTURE/RELEASE/BUILD-ID/index}
     */
    public static String path(KernelIdentity kernel) {
        return "kernels/" + kernel.architecture() + "/" + kernel.release() + "/" + kernel.buildId() + "/index";
    }

    /** The kernel whose index lies at a path, if it is that of an index. */
    static Optional<KernelIdentity> kernel(String path) {
        String[] names = path.split("/", -1);
        if (names.length != 5 || !names[0].equals("kernels") || !names[4].equals("index")) {
            return Optional.empty();
        }
        try {
            return KernelRelease.tryParse(names[2]).map(release -> new KernelIdentity(release, names[1], names[3]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes it as text.
     *
     * @return a {@link Stanza} that names the form and the kernel, and one for each patch
     */
    public String toText() {
        Stanza head = Stanza.empty()
                .with("Format", FORMAT)
                .with("Release", kernel.release().text())
                .with("Architecture", kernel.architecture())
                .with("Build-Id", kernel.buildId());
        Stream<Stanza> rest = patches.stream()
                .map(patch -> Stanza.empty()
                        .with("Serial", Long.toString(patch.serial()))
                        .with("Name", patch.name().text())
                        .with("SHA-256", patch.sha256())
                        .with("Published", patch.published().toString()));
        return Stream.concat(Stream.of(head), rest).map(Stanza::toString).collect(Collectors.joining("\n"));
    }

    /**
     * Reads what {@link #toText()} has written.
     *
     * @param text the text
     * @return the index
     * @throws IllegalArgumentException if it is none, or one of a form that this version does not know
     */
    public static KernelIndex parse(String text) {
        List<Stanza> stanzas = Stanza.parseAll(text);
        if (stanzas.isEmpty() || !stanzas.get(0).required("Format").equals(FORMAT)) {
            throw new IllegalArgumentException("It is no index of patches, or one of an unknown form.");
        }
        Stanza head = stanzas.get(0);
        KernelIdentity kernel = new KernelIdentity(
                KernelRelease.parse(head.required("Release")),
                head.required("Architecture"),
                head.required("Build-Id"));
        List<Patch> patches = new ArrayList<>();
        for (Stanza stanza : stanzas.subList(1, stanzas.size())) {
            patches.add(patch(stanza));
        }
        return new KernelIndex(kernel, patches);
    }

    private static Patch patch(Stanza stanza) {
        String serial = stanza.required("Serial");
        if (!SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException("Not a serial number: '" + serial + "'.");
        }
        try {
            return new Patch(
                    Long.parseLong(serial),
                    new LivepatchName(stanza.required("Name")),
                    stanza.required("SHA-256"),
                    Instant.parse(stanza.required("Published")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a time: '" + stanza.required("Published") + "'.", e);
        }
    }
}
