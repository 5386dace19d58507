package org.tuxtape.profile.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;

/**
 * The options of a {@code .config}, as Kconfig writes it: {@code CONFIG_X=y}, {@code CONFIG_X="text"},
 * {@code # CONFIG_X is not set}. Lines that are neither say nothing.
 *
 * @param values the options that are set, by name without {@code CONFIG_}
 * @param digest SHA-256 of the bytes
 */
public record KernelConfig(Map<String, ConfigValue> values, String digest) {
    private static final String PREFIX = "CONFIG_";

    /** Copies the map. */
    public KernelConfig {
        values = Map.copyOf(values);
    }

    static KernelConfig parse(byte[] bytes) {
        Map<String, ConfigValue> values = new HashMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> read(line.strip(), values));
        return new KernelConfig(values, sha256(bytes));
    }

    // A later line overrides an earlier one, as it does when Kconfig reads the file.
    private static void read(String line, Map<String, ConfigValue> values) {
        int equals = line.indexOf('=');
        if (line.startsWith(PREFIX) && equals > PREFIX.length()) {
            values.put(line.substring(PREFIX.length(), equals), new ConfigValue(unquote(line.substring(equals + 1))));
        } else if (line.startsWith("# " + PREFIX) && line.endsWith(" is not set")) {
            values.remove(line.substring(2 + PREFIX.length(), line.length() - " is not set".length()));
        }
    }

    private static String unquote(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < value.length() - 1; i++) {
            boolean escape = value.charAt(i) == '\\' && i + 1 < value.length() - 1;
            text.append(value.charAt(escape ? ++i : i));
        }
        return text.toString();
    }

    /** Returns the value of an option; one that is not named is not set. */
    public ConfigValue valueOf(String name) {
        return values.getOrDefault(name, ConfigValue.NO);
    }

    /** Returns the value of an option. */
    public ConfigValue value(ConfigSymbol symbol) {
        return valueOf(symbol.name());
    }

    boolean isModular() {
        return valueOf("MODULES").equals(ConfigValue.YES);
    }

    /** Returns the version line of the compiler; kernels of long ago did not record it. */
    Optional<String> compiler() {
        return Optional.ofNullable(values.get("CC_VERSION_TEXT"))
                .map(ConfigValue::text)
                .filter(text -> !text.isEmpty());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
