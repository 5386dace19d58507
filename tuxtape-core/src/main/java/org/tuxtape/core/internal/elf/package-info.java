/** Reading of ELF files, as far as kernel modules need it. Not exported. */
package org.tuxtape.core.internal.elf;
