/**
 * Decisions with reasons: whether a kernel has the vulnerable code, how urgent that is, and the pipeline that joins both
 * for one kernel or many.
 *
 * @since 0.1
 */
package org.tuxtape.core.triage;
