package org.tuxtape.core.triage;

/**
 * The status of a kernel with regard to a CVE, in the words of VEX.
 *
 * @see <a href="https://www.cisa.gov/resources-tools/resources/minimum-requirements-vulnerability-exploitability-exchange-vex">VEX</a>
 * @since 0.1
 */
public enum VexStatus {
    /** The kernel has the vulnerable code, as far as is known. */
    AFFECTED("affected"),
    /** Nothing that was looked at could decide. */
    UNDER_INVESTIGATION("under_investigation"),
    /** The kernel had the vulnerable code and has the fix. */
    FIXED("fixed"),
    /** The kernel never had the vulnerable code, or was built without it. */
    NOT_AFFECTED("not_affected");

    private final String text;

    VexStatus(String text) {
        this.text = text;
    }

    /**
     * Tells whether somebody has to act or to look.
     *
     * @return whether the status is {@link #AFFECTED} or {@link #UNDER_INVESTIGATION}
     */
    public boolean isOpen() {
        return this == AFFECTED || this == UNDER_INVESTIGATION;
    }

    /** Returns the word that VEX documents use. */
    @Override
    public String toString() {
        return text;
    }
}
