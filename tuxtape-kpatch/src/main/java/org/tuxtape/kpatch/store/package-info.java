/**
 * Built livepatches, kept by the key of their build: module, manifest and log, whole or not at all.
 *
 * @since 0.1
 */
package org.tuxtape.kpatch.store;
