package org.tuxtape.core.kernel;

import java.util.regex.Pattern;

/**
 * The name of a Kconfig option, kept without its {@code CONFIG_}. Ordered by name.
 *
 * @param name letters, digits and underscores, for example {@code BTRFS_FS}
 * @since 0.1
 */
public record ConfigSymbol(String name) implements Comparable<ConfigSymbol> {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_]{1,128}");
    private static final String PREFIX = "CONFIG_";

    /** Rejects what Kconfig would not take as a name. */
    public ConfigSymbol {
        if (!SYNTAX.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a config option: '" + name + "'.");
        }
    }

    /**
     * Reads a name with or without {@code CONFIG_} in front.
     *
     * @param text {@code CONFIG_BTRFS_FS} or {@code BTRFS_FS}
     * @return the symbol
     * @throws IllegalArgumentException if the text is no name
     */
    public static ConfigSymbol parse(String text) {
        return new ConfigSymbol(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    }

    @Override
    public int compareTo(ConfigSymbol other) {
        return name.compareTo(other.name);
    }

    /**
     * Returns the name as {@code .config} spells it.
     *
     * @return the name with {@code CONFIG_} in front
     */
    @Override
    public String toString() {
        return PREFIX + name;
    }
}
