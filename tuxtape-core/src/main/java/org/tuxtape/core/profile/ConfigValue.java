package org.tuxtape.core.profile;

/**
 * The value of a Kconfig option, as {@code .config} spells it.
 *
 * @param text {@code y}, {@code m}, {@code n}, a number, or a string without its quotes
 * @since 0.1
 */
public record ConfigValue(String text) {
    /** Built in. */
    public static final ConfigValue YES = new ConfigValue("y");
    /** Built as a module. */
    public static final ConfigValue MODULE = new ConfigValue("m");
    /** Not set: what a {@code .config} says by a comment or by saying nothing. */
    public static final ConfigValue NO = new ConfigValue("n");

    /**
     * Tells whether the option is built in or a module.
     *
     * @return whether the value is {@code y} or {@code m}
     */
    public boolean isEnabled() {
        return equals(YES) || equals(MODULE);
    }

    @Override
    public String toString() {
        return text;
    }
}
