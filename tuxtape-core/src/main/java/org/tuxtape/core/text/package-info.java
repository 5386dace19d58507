/**
 * The text form in which tuxtape keeps small records: readable by people, stable for equal content, no library needed.
 *
 * @since 0.1
 */
package org.tuxtape.core.text;
