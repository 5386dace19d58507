/**
 * What tests of every interface share: a clock that stands still, and a listener that watches the grammar of events.
 *
 * @since 0.1
 */
package org.tuxtape.testkit;
