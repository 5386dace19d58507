/**
 * A signed archive of livepatches: published as a tree of plain files, and read from there by nodes that trust neither the
 * server nor the way to it.
 *
 * @since 0.1
 */
package org.tuxtape.archive;
