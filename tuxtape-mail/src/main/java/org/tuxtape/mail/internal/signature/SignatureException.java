package org.tuxtape.mail.internal.signature;

/** A signature does not hold; the message says why, in one sentence. */
final class SignatureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    SignatureException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
