package org.tuxtape.testkit.kernel;

/**
 * The simulated kernel refused a system call. Nothing was changed.
 *
 * @since 0.1
 */
public final class KernelError extends Exception {
    private static final long serialVersionUID = 1L;

    /** The error number's name. */
    private final String errno;

    KernelError(String errno, String what) {
        super(what + ": " + errno);
        this.errno = errno;
    }

    /**
     * Returns the error number's name.
     *
     * @return for example {@code EBUSY}
     */
    public String errno() {
        return errno;
    }
}
