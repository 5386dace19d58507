/**
 * A kernel in memory whose {@code /sys}, {@code /proc} and {@code /dev/kmsg} behave as a real one's do while livepatches
 * come and go, for tests of whoever reads and writes these files. It needs no privilege and takes no time.
 *
 * @since 0.1
 */
package org.tuxtape.testkit.kernel;
