package org.tuxtape.mail.internal.signature;

import org.tuxtape.core.cve.Authenticity;

/** The keys of one kind that somebody trusts. */
interface Keys {

    /**
     * Tells whether a signature is one over a digest, by one of these keys.
     *
     * @param identity who claims to have signed
     * @throws SignatureException if it does not hold, whoever made it
     */
    Authenticity verify(SignatureField field, String identity, byte[] digest) throws SignatureException;
}
