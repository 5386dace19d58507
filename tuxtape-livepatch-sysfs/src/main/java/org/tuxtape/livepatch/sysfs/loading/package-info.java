/**
 * How modules come into the kernel and leave it.
 *
 * @since 0.1
 */
package org.tuxtape.livepatch.sysfs.loading;
