package org.tuxtape.core.triage;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Who can reach the code of a CVE, judged by the directory of that of its files which most can reach. It is an estimate, the
 * one that {@link Prioritizers#attackSurface()} ranks by.
 *
 * @param file the file
 * @param who a clause such as {@code reachable from the network}
 * @param barrier what would keep most of them out and is not known to be up; empty if nothing is known to, or a file of
 *     code can be reached in another way too
 * @since 0.1
 */
public record Reach(SourcePath file, String who, Optional<Barrier> barrier) {

    /** Rejects {@code null}. */
    public Reach {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(who, "who");
        Objects.requireNonNull(barrier, "barrier");
    }

    /**
     * Judges a CVE.
     *
     * @param cve the CVE
     * @param verdict what is known of it in the kernel: files that are left out do not count
     * @param kernel the kernel
     * @return who can reach it; empty if no file tells
     */
    public static Optional<Reach> of(Cve cve, Verdict verdict, KernelTraits kernel) {
        return AttackSurface.reach(cve.files(), verdict.files(), kernel::option);
    }
}
