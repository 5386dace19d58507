/**
 * ELF files as data: a view of one that trusts nothing it says, and what a linker left in it.
 *
 * @since 0.1
 */
package org.tuxtape.core.elf;
