/**
 * The controller of this machine's livepatches, and what it sees.
 *
 * @since 0.1
 */
package org.tuxtape.livepatch.sysfs;
