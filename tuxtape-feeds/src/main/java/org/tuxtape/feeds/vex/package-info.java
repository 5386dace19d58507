/**
 * What a triage found, in the formats in which others expect it.
 *
 * @since 0.1
 */
package org.tuxtape.feeds.vex;
