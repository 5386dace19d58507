/**
 * Sources that read CVE records: {@link org.tuxtape.feeds.CnaTree} and how much it may take.
 *
 * @since 0.1
 */
package org.tuxtape.feeds;
