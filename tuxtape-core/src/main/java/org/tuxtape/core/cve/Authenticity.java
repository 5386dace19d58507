package org.tuxtape.core.cve;

import java.util.Objects;

/**
 * What is known of who wrote an element. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface Authenticity {
    /** Nobody looked, or there is nothing to look at. */
    Authenticity UNCHECKED = new Unchecked();

    /** It was looked at, and carries no signature. */
    Authenticity UNSIGNED = new Unsigned();

    /** Nobody looked. It says nothing for or against the element. */
    record Unchecked() implements Authenticity {
        @Override
        public String toString() {
            return "unchecked";
        }
    }

    /** It carries no signature. */
    record Unsigned() implements Authenticity {
        @Override
        public String toString() {
            return "unsigned";
        }
    }

    /**
     * A key that the caller trusts has signed it as it is.
     *
     * @param key names the key, for example by its fingerprint
     */
    record Valid(String key) implements Authenticity {
        /** Rejects {@code null}. */
        public Valid {
            Objects.requireNonNull(key, "key");
        }

        @Override
        public String toString() {
            return "valid, by " + key;
        }
    }

    /**
     * It carries a signature that does not hold.
     *
     * @param reason one sentence
     */
    record Invalid(String reason) implements Authenticity {
        /** Rejects {@code null}. */
        public Invalid {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String toString() {
            return "invalid: " + reason;
        }
    }

    /**
     * It carries a signature by a key that the caller does not have, so that nobody can tell whether it holds.
     *
     * @param key names the key, as far as the signature does
     */
    record KeyUnknown(String key) implements Authenticity {
        /** Rejects {@code null}. */
        public KeyUnknown {
            Objects.requireNonNull(key, "key");
        }

        @Override
        public String toString() {
            return "signed by an unknown key, " + key;
        }
    }
}
