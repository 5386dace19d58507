/**
 * Live patches: the contracts of those who build them and of those who load, watch and take them back.
 *
 * @since 0.1
 */
package org.tuxtape.core.livepatch;
