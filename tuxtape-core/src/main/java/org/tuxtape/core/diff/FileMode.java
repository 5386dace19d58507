package org.tuxtape.core.diff;

/**
 * What git says about a file beside its content.
 *
 * @param octal six octal digits: {@code 100644}, {@code 100755} for a program, {@code 120000} for a symbolic link
 * @since 0.1
 */
public record FileMode(String octal) {

    /** Rejects anything but six octal digits. */
    public FileMode {
        if (octal.length() != 6 || octal.chars().anyMatch(c -> c < '0' || c > '7')) {
            throw new IllegalArgumentException("Not the mode of a file: '" + octal + "'.");
        }
    }

    /**
     * Tells whether the file is a symbolic link; its content is where it leads, possibly out of the tree.
     *
     * @return whether the mode begins with {@code 12}
     */
    public boolean isSymbolicLink() {
        return octal.startsWith("12");
    }

    @Override
    public String toString() {
        return octal;
    }
}
