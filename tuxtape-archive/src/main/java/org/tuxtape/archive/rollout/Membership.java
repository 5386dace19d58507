package org.tuxtape.archive.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * How a node falls into a ring. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface Membership {

    /**
     * By name: the nodes that bear a tag.
     *
     * @param tag of the characters of {@link Node#tags()}
     */
    record Tagged(String tag) implements Membership {
        /** Rejects what is no tag. */
        public Tagged {
            Node.requireWord(tag);
        }
    }

    /**
     * By lot: the nodes whose {@linkplain #point point} lies below the share. The shares of several rings are not added
     * up: rings of 10 % and 40 % reach 40 % of the nodes together. Who is below a share is below every larger one, so a
     * node never falls back to a later ring when shares grow.
     *
     * @param share of all nodes, above nothing
     */
    record Portion(Share share) implements Membership {
        /** Rejects a share of nothing. */
        public Portion {
            Objects.requireNonNull(share, "share");
            if (share.equals(Share.NONE)) {
                throw new IllegalArgumentException("A ring of no node.");
            }
        }
    }

    /**
     * Draws the lot of a node: {@code floor(h * 10000 / 2^64)}, where {@code h} is the first eight bytes, the highest
     * first, of the SHA-256 of the salt, a line feed, and the id, all in ASCII. In a shell:
     *
     * <pre>{@code
     * printf 'SALT\nweb-17' | sha256sum | python3 -c 'print(int(input()[:16], 16) * 10000 >> 64)'
     * }</pre>
     *
     * @param salt the salt of the policy
     * @param id the id of the node
     * @return 0 to 9,999, spread evenly over ids; as good as unrelated to the point of another salt
     */
    static int point(String salt, String id) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
        sha256.update(salt.getBytes(StandardCharsets.US_ASCII));
        sha256.update((byte) '\n');
        sha256.update(id.getBytes(StandardCharsets.US_ASCII));
        long hash = ByteBuffer.wrap(sha256.digest()).getLong();
        // The high word of the unsigned product, of which the signed one falls short where the hash looks negative.
        return (int) (Math.multiplyHigh(hash, 10_000) + (hash < 0 ? 10_000 : 0));
    }
}
