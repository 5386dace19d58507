/**
 * Child processes for the builders: a clean environment, a wrapper in front, output line by line, and an end for all of
 * them. Linux only: who belongs to a run is read from {@code /proc}.
 */
package org.tuxtape.kpatch.internal.run;
