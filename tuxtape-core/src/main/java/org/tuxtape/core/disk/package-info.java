/**
 * Writing that is whole or not at all, digests, and locks that die with their process, for those modules of tuxtape that
 * keep files. It is exported to them alone, is no public API, and changes with any release.
 */
package org.tuxtape.core.disk;
