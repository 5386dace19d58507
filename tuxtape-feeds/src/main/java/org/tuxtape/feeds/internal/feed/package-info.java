/** What the readers of single files share. */
package org.tuxtape.feeds.internal.feed;
