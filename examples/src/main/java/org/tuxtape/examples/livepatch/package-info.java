/** The commands {@code tuxtape livepatch}: what a kernel's livepatches are, and how they are changed. */
package org.tuxtape.examples.livepatch;
