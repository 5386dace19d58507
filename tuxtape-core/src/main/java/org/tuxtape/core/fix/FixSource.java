package org.tuxtape.core.fix;

import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.KernelBuild;

/**
 * Finds the commits that fix a CVE, for instance in a git repository or a directory of patches.
 *
 * <p>Implementers keep these rules:
 *
 * <ul>
 *   <li><b>FX-1</b> A fix of the kernel's own branch MUST be preferred; else the one of the nearest newer branch, as
 *       {@link FixLookup.NeedsBackport}; mainline comes last. {@link FixLine} is this order.
 *   <li><b>FX-2</b> Several commits MUST come in the order in which they apply.
 *   <li><b>FX-3</b> "There is none" is a result, not an exception; a broken store is a
 *       {@link org.tuxtape.core.TuxtapeException}.
 *   <li><b>FX-4</b> Nothing of a fix is ever run, and no path in it leads a read or a write out of the store.
 *   <li><b>FX-5</b> It MUST honour cancellation within a second.
 * </ul>
 *
 * @since 0.1
 */
public interface FixSource {

    /**
     * Looks the fix of a CVE up.
     *
     * @param cve what is to be fixed, with the fix commits that are known
     * @param kernel where it is to be fixed
     * @param context cancellation, listener and clock
     * @return the fix, or why there is none
     */
    FixLookup find(Cve cve, KernelBuild kernel, Context context);
}
