/**
 * The whole way: from what sources say of CVEs to livepatches that are proven to run, for one kernel or many, and the report
 * of what became of each CVE on it.
 *
 * @since 0.1
 */
package org.tuxtape.core.pipeline;
