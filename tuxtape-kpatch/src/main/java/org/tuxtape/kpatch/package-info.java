/**
 * Livepatch modules from fixes, with kpatch-build and klp-build.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch;
