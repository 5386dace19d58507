/**
 * Build profiles read from whatever there is of a kernel build: its tree, a list of its commands, its debug info, its
 * configuration with the source, or what a machine has of it.
 *
 * @since 0.1
 */
package org.tuxtape.profile;
