/**
 * Build trees: the prepared source, config and build of one kernel, which are expensive to make, kept warm, used by one
 * at a time, and put back as they were whatever happens to a tool.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch.tree;
