/** A file system of {@link java.nio.file} whose nodes are computed when they are looked at. Not exported. */
package org.tuxtape.testkit.internal.files;
