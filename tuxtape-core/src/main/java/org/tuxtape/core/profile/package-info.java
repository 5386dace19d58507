/**
 * What one build of a kernel contains: the contract that every origin of such knowledge fulfils.
 *
 * @since 0.1
 */
package org.tuxtape.core.profile;
