/**
 * CVEs of the Linux kernel: their identity, what announcements and records say of them, where that is read from, and the
 * catalog that folds it.
 *
 * @since 0.1
 */
package org.tuxtape.core.cve;
