package org.tuxtape.mail.internal.expand;

/**
 * How much an archive may take.
 *
 * @param largestExpansion the bytes that a compressed archive may expand to
 * @param largestDecoder the bytes of memory that its decompressor may take
 */
public record ExpansionLimits(long largestExpansion, long largestDecoder) {

    /**
     * Lowers the memory to what a heap can give: a decompressor sets it aside in one piece, and running out of it would
     * hit the whole process.
     */
    ExpansionLimits within(long heap) {
        return new ExpansionLimits(largestExpansion, Math.min(largestDecoder, heap - heap / 4));
    }
}
