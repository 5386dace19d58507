/** The commands {@code tuxtape archive}: signing, publishing, and the roll-out of livepatches to a fleet. */
package org.tuxtape.examples.distribution;
