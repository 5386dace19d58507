/**
 * Cumulative patches: many fixes in one module, and why some of them are not in it.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch.compose;
