package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import org.tuxtape.feeds.internal.record.Content;

/**
 * How much the reading of a tree may take.
 *
 * @param largestMember the bytes above which a file is not read
 * @param largestExpansion the bytes that a compressed archive may expand to
 * @param largestDecoder the bytes of memory that its decompressor may take
 */
public record Limits(int largestMember, long largestExpansion, long largestDecoder) {

    /**
     * Lowers the memory to what a heap can give: a decompressor sets it aside in one piece, and running out of it would
     * hit the whole process.
     */
    Limits within(long heap) {
        return new Limits(largestMember, largestExpansion, Math.min(largestDecoder, heap - heap / 4));
    }

    /** Reads a file of a CVE, unless it is too large. */
    Content read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(largestMember + 1);
        return bytes.length > largestMember ? Content.tooLarge() : Content.of(bytes);
    }

    /** Counts what an archive expanded to. */
    void check(long expanded) throws LimitException {
        if (expanded > largestExpansion) {
            throw new LimitException("expands to more than " + largestExpansion
                    + " bytes; CnaTreeOptions.withLargestExpansion allows more");
        }
    }
}
