package org.tuxtape.core.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.internal.OneLine;
import org.tuxtape.core.triage.Priority;

/**
 * Something of a run that the people in charge want to be told of, once.
 *
 * @param kind what happened
 * @param kernel the name of the kernel that it happened on
 * @param cve to which CVE; empty if it happened to a cumulative patch
 * @param text what happened, why, and what can be done about it; on one line
 * @param key what it is known by: two notices of one key say the same, also if their runs were months apart; 1 to 500
 *     printable ASCII characters
 * @since 0.1
 */
public record Notice(Kind kind, String kernel, Optional<CveId> cve, String text, String key) {
    static final int LONGEST_KEY = 500;

    /** What people are told of. Later major versions may add kinds. */
    public enum Kind {
        /** A CVE of a high band holds for a kernel, and nothing closes it. */
        APPLIES("applies"),
        /** No livepatch can be built. */
        CANNOT_BUILD("cannot be built"),
        /** The kernel refused a livepatch, did not change over to it, or does not confirm it. */
        TURNED_DOWN("was turned down");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Returns the words that follow what it is about. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Puts texts on one line, and rejects what is no key. */
    public Notice {
        Objects.requireNonNull(kind, "kind");
        kernel = OneLine.of(kernel).strip();
        Objects.requireNonNull(cve, "cve");
        text = OneLine.of(text).strip();
        if (key.isEmpty() || key.length() > LONGEST_KEY || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("Not the key of a notice: '" + OneLine.of(key) + "'.");
        }
    }

    /**
     * Finds what people want to be told of. The same run gives the same notices; who has been told of which is for the
     * caller to remember, by their keys.
     *
     * <p>That a CVE applies is known by the kernel's name and the band, so that it is told again when the band changes;
     * that something cannot be built by the name and what failed; that it was turned down by the name and the module's
     * digest. What happened to a cumulative patch is told of the patch, and not of each CVE in it.
     *
     * @param report the run
     * @param from the lowest band whose CVEs are told of
     * @return the notices: the kernels in the order of the report, in each its CVEs, most urgent first, then its cumulative
     *     patch
     */
    public static List<Notice> of(PipelineReport report, Priority.Band from) {
        Objects.requireNonNull(from, "from");
        return report.kernels().stream()
                .flatMap(kernel -> new Notices(kernel).from(from))
                .toList();
    }
}
