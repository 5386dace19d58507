/**
 * Where fixes come from: a git repository of the kernel, patches in a directory or an archive, a pair of source trees, and
 * fixes adapted by hand over any of them. Nothing of a fix is ever run, and no path in one is followed.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch.fix;
