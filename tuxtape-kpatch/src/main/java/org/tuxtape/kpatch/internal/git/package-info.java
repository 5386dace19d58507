/**
 * The objects of a git repository, read from its files and from nothing else: no configuration, no references, no hooks, no
 * program, no write.
 */
package org.tuxtape.kpatch.internal.git;
