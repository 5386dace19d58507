/**
 * What a running kernel shows of itself: where it shows it, and the state of a machine.
 *
 * @since 0.1
 */
package org.tuxtape.livepatch.sysfs.kernel;
