package org.tuxtape.mail.signature;

/**
 * What becomes of a mail whose signature does not show who wrote it. Whatever it is, the element's origin says what was
 * found.
 *
 * @since 0.1
 */
public enum Treatment {
    /** It counts like any other. */
    ACCEPT,
    /** It counts, and a published CVE has a remark about it. */
    MARK,
    /** It is an unreadable element. */
    REFUSE
}
