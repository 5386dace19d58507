/** Digests of large files, which are read once only. */
package org.tuxtape.kpatch.internal.disk;
