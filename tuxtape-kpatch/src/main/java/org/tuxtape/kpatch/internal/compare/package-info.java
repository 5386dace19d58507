/** Comparing texts. */
package org.tuxtape.kpatch.internal.compare;
