package org.tuxtape.feeds;

import java.util.List;
import java.util.Objects;
import org.tuxtape.core.cve.Remark;

/**
 * What was read from the file of a feed.
 *
 * @param <T> the feed
 * @param content what was understood
 * @param remarks what was not, a line each; the first {@value #MOST_REMARKS} at most
 * @since 0.1
 */
public record Feed<T>(T content, List<Remark> remarks) {
    /** How many remarks are kept: a file of another format must not fill the memory with them. */
    public static final int MOST_REMARKS = 100;

    /** Copies the list. */
    public Feed {
        Objects.requireNonNull(content, "content");
        remarks = List.copyOf(remarks);
    }
}
