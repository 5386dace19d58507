/** Reading files of an archive that nobody vouches for yet: from a web server, a directory, or a bundle. */
package org.tuxtape.archive.internal.fetch;
