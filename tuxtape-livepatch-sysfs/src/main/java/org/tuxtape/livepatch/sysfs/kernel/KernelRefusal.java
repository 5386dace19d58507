package org.tuxtape.livepatch.sysfs.kernel;

/**
 * The kernel, or the system before it, refused what was asked of it. Nothing was changed.
 *
 * @since 0.1
 */
public final class KernelRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** The error number's name. */
    private final String errno;

    /**
     * Creates the refusal.
     *
     * @param errno the error number's name, for example {@code EBUSY}
     * @param message what was refused, one sentence
     */
    public KernelRefusal(String errno, String message) {
        super(message);
        this.errno = errno;
    }

    /**
     * Returns the error number's name.
     *
     * @return for example {@code EBUSY}; {@code errno 123} for one without a name here
     */
    public String errno() {
        return errno;
    }
}
