/**
 * A run as one page of HTML, and as JSON.
 *
 * @since 0.1
 */
package org.tuxtape.report;
