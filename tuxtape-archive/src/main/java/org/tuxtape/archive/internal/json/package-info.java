/** Metadata as JSON: read strictly, signed in its canonical form. */
package org.tuxtape.archive.internal.json;
