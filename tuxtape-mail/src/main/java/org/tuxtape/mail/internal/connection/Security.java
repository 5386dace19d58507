package org.tuxtape.mail.internal.connection;

/** What protects a connection. */
public enum Security {
    /** TLS from the first byte on. */
    TLS,
    /** TLS that is asked for at the beginning, and insisted on. */
    STARTTLS,
    /** Nothing. */
    NONE
}
