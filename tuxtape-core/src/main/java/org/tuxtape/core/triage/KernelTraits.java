package org.tuxtape.core.triage;

import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;

/**
 * What of a kernel counts when CVEs are ranked for it, beside the verdicts. Kernels of equal traits are ranked by the same
 * prioritizer.
 *
 * @param version the upstream version
 * @param options the values of the options that open or close ways to code, as far as they are known
 * @since 0.1
 */
public record KernelTraits(KernelVersion version, SortedMap<ConfigSymbol, ConfigValue> options) {

    /** Copies the map. */
    public KernelTraits {
        Objects.requireNonNull(version, "version");
        options = Sorted.map(options);
    }

    /**
     * Returns the traits of a kernel of which only the version is known.
     *
     * @param version the upstream version
     * @return traits without any option
     */
    public static KernelTraits of(KernelVersion version) {
        return new KernelTraits(version, new TreeMap<>());
    }

    /**
     * Returns the traits of a build.
     *
     * @param profile what is known of it
     * @return its version, and its options where they are known
     */
    public static KernelTraits of(BuildProfile profile) {
        SortedMap<ConfigSymbol, ConfigValue> options = new TreeMap<>();
        AttackSurface.OPTIONS.forEach(symbol -> profile.option(symbol).ifPresent(value -> options.put(symbol, value)));
        return new KernelTraits(profile.kernel().version(), options);
    }

    Optional<ConfigValue> option(ConfigSymbol symbol) {
        return Optional.ofNullable(options.get(symbol));
    }
}
