/** Writing that is whole or not at all, and locks that die with their process. */
package org.tuxtape.kpatch.internal.disk;
