package org.tuxtape.core.triage;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.profile.ConfigValue;

/**
 * What keeps most people from some code of the kernel where it is up.
 *
 * @param option the option that puts it up when the kernel is built
 * @param closed its value that does
 * @param setting what puts it up in a running kernel; empty if nothing does
 * @param left who is left then, a clause such as {@code open to administrators only}
 * @since 0.1
 */
public record Barrier(ConfigSymbol option, ConfigValue closed, Optional<Setting> setting, String left) {

    /** Rejects {@code null}. */
    public Barrier {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(closed, "closed");
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(left, "left");
    }

    /**
     * A setting of the running kernel.
     *
     * @param name as sysctl spells it
     * @param value what puts the barrier up
     * @param option the option without which a kernel has no such setting
     */
    public record Setting(String name, String value, ConfigSymbol option) {
        /** Rejects {@code null}. */
        public Setting {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(option, "option");
        }
    }

    /** Returns a clause such as {@code open to administrators only, since CONFIG_USER_NS is off}. */
    String whenClosed() {
        return left + ", since " + option + " is " + (closed.isEnabled() ? "on" : "off");
    }
}
