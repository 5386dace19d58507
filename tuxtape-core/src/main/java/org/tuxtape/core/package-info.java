/**
 * What every long call of tuxtape shares: its context, cancellation, events and the family of its exceptions.
 *
 * @since 0.1
 */
package org.tuxtape.core;
