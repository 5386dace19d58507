/**
 * Scores of CVSS vectors.
 *
 * @since 0.1
 */
package org.tuxtape.feeds.cvss;
