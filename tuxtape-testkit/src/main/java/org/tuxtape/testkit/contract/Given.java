package org.tuxtape.testkit.contract;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Something that a subject may give to be tested with, or the reason why it does not. */
final class Given<T> {
    private final String name;
    private @Nullable T value;
    private String why;

    Given(String name) {
        this.name = name;
        this.why = "The subject gives no " + name + ".";
    }

    void is(T given) {
        value = Objects.requireNonNull(given, name);
    }

    /** Takes back what was given before: the last word holds. */
    void isNot(String reason) {
        value = null;
        why = Objects.requireNonNull(reason, "why");
    }

    T orAbort(String unchecked) {
        return value != null ? value : Assumptions.abort(unchecked + ": " + why);
    }

    void ifGiven(Consumer<? super T> action) {
        if (value != null) {
            action.accept(value);
        }
    }

    T orElse(T other) {
        return value != null ? value : other;
    }
}
