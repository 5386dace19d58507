/**
 * The kernel's log as events: what livepatches said of themselves, and what went wrong.
 *
 * @since 0.1
 */
package org.tuxtape.livepatch.sysfs.log;
