/**
 * Values for tests that want many: from empty to huge, equal for equal seeds.
 *
 * @since 0.1
 */
package org.tuxtape.testkit.sample;
