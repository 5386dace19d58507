/**
 * Git repositories, read without any of git's configuration. Not for use outside of tuxtape.
 *
 * @since 0.1
 */
package org.tuxtape.git;
