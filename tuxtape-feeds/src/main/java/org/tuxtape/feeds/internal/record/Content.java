package org.tuxtape.feeds.internal.record;

/** The bytes of a file, or that it has too many of them. */
public final class Content {
    private static final Content TOO_LARGE = new Content(new byte[0]);

    private final byte[] bytes;

    private Content(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The array is not copied; nobody changes it. */
    public static Content of(byte[] bytes) {
        return new Content(bytes);
    }

    public static Content tooLarge() {
        return TOO_LARGE;
    }

    public boolean isTooLarge() {
        return this == TOO_LARGE;
    }

    public int size() {
        return bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }
}
