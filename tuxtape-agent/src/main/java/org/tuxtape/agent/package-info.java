/**
 * The agent of a node: one call that brings the machine to what the archive offers it.
 *
 * @since 0.1
 */
package org.tuxtape.agent;
