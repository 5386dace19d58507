package org.tuxtape.mail.signature;

import java.util.Objects;
import org.tuxtape.core.cve.Authenticity;

/**
 * Whose mails are believed, and what becomes of others.
 *
 * @param keys the keys of those who may speak for the CNA
 * @param unsigned what becomes of a mail without a signature
 * @param invalid what becomes of one whose signature does not hold
 * @param keyUnknown what becomes of one that is signed by a key that is none of these
 * @since 0.1
 */
public record SignatureCheck(KeyRing keys, Treatment unsigned, Treatment invalid, Treatment keyUnknown) {

    /** Rejects {@code null}. */
    public SignatureCheck {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(unsigned, "unsigned");
        Objects.requireNonNull(invalid, "invalid");
        Objects.requireNonNull(keyUnknown, "keyUnknown");
    }

    /**
     * Returns a check that refuses what is forged, and marks what nobody can tell.
     *
     * @param keys the keys of those who may speak for the CNA
     * @return the check
     */
    public static SignatureCheck of(KeyRing keys) {
        return new SignatureCheck(keys, Treatment.MARK, Treatment.REFUSE, Treatment.MARK);
    }

    /**
     * Returns a check that believes nothing but what is validly signed.
     *
     * @param keys the keys of those who may speak for the CNA
     * @return the check
     */
    public static SignatureCheck strict(KeyRing keys) {
        return new SignatureCheck(keys, Treatment.REFUSE, Treatment.REFUSE, Treatment.REFUSE);
    }

    /**
     * Looks up what becomes of a mail.
     *
     * @param authenticity what was found out about it
     * @return its treatment
     */
    public Treatment of(Authenticity authenticity) {
        if (authenticity instanceof Authenticity.Unsigned) {
            return unsigned;
        }
        if (authenticity instanceof Authenticity.Invalid) {
            return invalid;
        }
        return authenticity instanceof Authenticity.KeyUnknown ? keyUnknown : Treatment.ACCEPT;
    }
}
