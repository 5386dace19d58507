/** One transition, watched from its request to its end. Not exported. */
package org.tuxtape.livepatch.sysfs.internal.transition;
