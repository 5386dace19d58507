package org.tuxtape.mail;

/**
 * How an mbox marks lines of a message that begin with {@code From }, so that they are not taken for the line that
 * separates messages.
 *
 * @since 0.1
 */
public enum MboxQuoting {
    /**
     * Each message tells by the line above it: one that carries git's fixed date ({@code Mon Sep 17 00:00:00 2001})
     * holds an unquoted message, as git and the kernel CNA's tool write it; every other message is {@link #MBOXRD}.
     */
    AUTO,
    /** A line that begins with any number of {@code >} and {@code From } got one more {@code >}; one is removed. */
    MBOXRD,
    /** A line that begins with {@code From } got a {@code >}; it is removed from {@code >From } alone. */
    MBOXO,
    /** Messages are written as they are; nothing is removed. */
    NONE
}
