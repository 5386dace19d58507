/**
 * What is told of a transition while it runs, and what is written down of one that was forced.
 *
 * @since 0.1
 */
package org.tuxtape.livepatch.sysfs.transition;
