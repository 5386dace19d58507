/**
 * A livepatch on trial: watched after it was loaded, then accepted for good or turned down.
 *
 * @since 0.1
 */
package org.tuxtape.livepatch.sysfs.trial;
