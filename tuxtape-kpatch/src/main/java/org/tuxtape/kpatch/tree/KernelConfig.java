package org.tuxtape.kpatch.tree;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;

/**
 * The options of a {@code .config}, as Kconfig writes it.
 *
 * @param values the options that are set
 * @param digest SHA-256 of the bytes
 */
record KernelConfig(Map<ConfigSymbol, ConfigValue> values, String digest) {
    private static final String PREFIX = "CONFIG_";
    private static final String UNSET = " is not set";

    KernelConfig {
        values = Map.copyOf(values);
    }

    static KernelConfig parse(byte[] bytes) {
        Map<ConfigSymbol, ConfigValue> values = new HashMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> read(line.strip(), values));
        return new KernelConfig(values, Digests.of(bytes));
    }

    // A later line overrides an earlier one, as it does when Kconfig reads the file; one that is neither says nothing.
    private static void read(String line, Map<ConfigSymbol, ConfigValue> values) {
        int equals = line.indexOf('=');
        try {
            if (line.startsWith(PREFIX) && equals > PREFIX.length()) {
                values.put(
                        ConfigSymbol.parse(line.substring(0, equals)),
                        new ConfigValue(unquoted(line.substring(equals + 1))));
            } else if (line.startsWith("# " + PREFIX) && line.endsWith(UNSET)) {
                values.remove(ConfigSymbol.parse(line.substring(2, line.length() - UNSET.length())));
            }
        } catch (IllegalArgumentException e) {
            // Not an option, though it looks like one.
        }
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    ConfigValue value(String name) {
        return values.getOrDefault(new ConfigSymbol(name), ConfigValue.NO);
    }
}
