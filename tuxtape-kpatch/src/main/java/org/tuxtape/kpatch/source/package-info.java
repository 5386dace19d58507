/**
 * The source tree of a kernel, read file by file as it is asked for.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch.source;
