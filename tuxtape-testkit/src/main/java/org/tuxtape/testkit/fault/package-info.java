/**
 * Wrappers that make a working implementation fail, always in the same place or as a seed has it, to test what stands
 * behind it.
 *
 * @since 0.1
 */
package org.tuxtape.testkit.fault;
