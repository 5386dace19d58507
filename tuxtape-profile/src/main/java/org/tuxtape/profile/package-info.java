/**
 * Build profiles read from the trees that kernels were built in.
 *
 * @since 0.1
 */
package org.tuxtape.profile;
