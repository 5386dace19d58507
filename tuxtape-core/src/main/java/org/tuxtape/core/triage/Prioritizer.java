package org.tuxtape.core.triage;

import org.tuxtape.core.cve.Cve;

/**
 * Ranks CVEs by giving each a {@link Priority}. Small ones compose: see {@link Prioritizers}.
 *
 * <p>Implementers keep these rules; {@code PrioritizerContract} of the testkit checks them by name:
 *
 * <ul>
 *   <li><b>PR-1</b> It MUST be a pure function: equal arguments give equal priorities, whatever was asked before, in
 *       whatever order, by whatever thread.
 *   <li><b>PR-2</b> It MUST answer for every CVE and verdict that the types allow, and MUST NOT throw.
 *   <li><b>PR-3</b> What is missing is missing: where it has nothing to judge by it MUST return a priority without a
 *       score, not zero.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Prioritizer {

    /**
     * Judges one CVE.
     *
     * @param cve what is known of it
     * @param verdict what is known of it in this kernel
     * @return its priority
     */
    Priority priority(Cve cve, Verdict verdict);
}
