package org.tuxtape.feeds.vex;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelBuild;

/**
 * Who says what about which product, and how much of it.
 *
 * @param author who answers for the document: a name, a mail address or a URL; not blank
 * @param issued when it is issued; with a document for equal findings only this differs
 * @param product the package URL of the kernel, for example {@code pkg:deb/debian/linux@6.1.140-1}
 * @param withSettled whether CVEs are listed that the kernel does not have or not any more
 * @param withRejected whether CVEs are listed that were withdrawn
 * @see <a href="https://github.com/package-url/purl-spec">package URL</a>
 * @since 0.1
 */
public record VexDocument(String author, Instant issued, String product, boolean withSettled, boolean withRejected) {
    private static final Pattern PURL =
            Pattern.compile("pkg:[a-zA-Z][a-zA-Z0-9.+-]*(?:/[A-Za-z0-9.~_%+-]+)+(?:@[A-Za-z0-9.~_%:+-]+)?(?:\\?\\S+)?");

    /** Rejects a blank author and what is no package URL. */
    public VexDocument {
        Objects.requireNonNull(issued, "issued");
        if (author.isBlank()) {
            throw new IllegalArgumentException("Somebody answers for the document.");
        }
        if (!PURL.matcher(product).matches()) {
            throw new IllegalArgumentException("Not a package URL: '" + product + "'.");
        }
    }

    /**
     * Starts with a document of everything that is not rejected, for a kernel that is in no package.
     *
     * @param author who answers for it
     * @param issued when
     * @param kernel the kernel; its release is the version of {@code pkg:generic/linux}
     * @return the document
     */
    public static VexDocument of(String author, Instant issued, KernelBuild kernel) {
        String release = kernel.release().text().replace("+", "%2B");
        return new VexDocument(author, issued, "pkg:generic/linux@" + release, true, false);
    }

    /**
     * Replaces the product.
     *
     * @param purl the package URL of the kernel
     * @return a document that differs in it
     */
    public VexDocument about(String purl) {
        return new VexDocument(author, issued, purl, withSettled, withRejected);
    }

    /**
     * Leaves out what the kernel does not have or not any more, and what was withdrawn.
     *
     * @return a document with what somebody has to act on or to look at
     */
    public VexDocument openOnly() {
        return new VexDocument(author, issued, product, false, false);
    }

    /**
     * Lists what was withdrawn, too.
     *
     * @return a document that differs in it
     */
    public VexDocument withRejectedOnes() {
        return new VexDocument(author, issued, product, withSettled, true);
    }
}
