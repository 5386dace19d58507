/**
 * Names of the kernel's world: versions, releases, commits, source paths, objects and config symbols.
 *
 * @since 0.1
 */
package org.tuxtape.core.kernel;
