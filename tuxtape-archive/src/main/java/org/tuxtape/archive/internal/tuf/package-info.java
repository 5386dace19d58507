/** The metadata of an archive: made, verified, and followed from one state to the next. */
package org.tuxtape.archive.internal.tuf;
