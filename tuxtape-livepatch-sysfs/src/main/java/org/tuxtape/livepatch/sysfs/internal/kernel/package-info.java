/** The kernel's files as values: nothing here keeps what it read. Not exported. */
package org.tuxtape.livepatch.sysfs.internal.kernel;
