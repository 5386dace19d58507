/**
 * What can be said of a fix before it is compiled: whether a livepatch can be made of it, what speaks against it, where,
 * and what to do about it.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch.lint;
