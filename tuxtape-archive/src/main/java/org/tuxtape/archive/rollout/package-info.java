/**
 * Who gets a published patch, and when: rings, promotion and withdrawal, the reports of the nodes, and the decision
 * that is drawn from them.
 *
 * <p>A node asks {@link org.tuxtape.archive.rollout.RolloutPolicy#offer} which patch it should have; it sends a
 * {@link org.tuxtape.archive.rollout.NodeReport}; {@link org.tuxtape.archive.rollout.Promoter} reads the reports and
 * says whether a patch goes further, waits, or is withdrawn; and the changed policy is published again. All but the
 * transport of reports is pure: time is an argument, and equal arguments give equal results.
 *
 * @since 0.1
 */
package org.tuxtape.archive.rollout;
