package org.tuxtape.archive.rollout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelIdentity;

/**
 * What a node says of itself after it has looked at the archive: one small text, see {@link #toText()}.
 *
 * <p>A report is not signed. Whoever can write to where reports are kept can claim that a bad patch does well, or have
 * a good one withdrawn; the caller protects that place as it protects the nodes.
 *
 * @param node who reports
 * @param kernel what it runs
 * @param inForce the patch that its kernel has in force; empty if there is none
 * @param subject the patch that {@code state} speaks of: the one that the node is offered; empty if it is offered none
 * @param state how it stands to that patch
 * @param health how it is
 * @param error the last thing that went wrong, one line of at most 1,000 characters; empty if nothing did
 * @param at when it reports, by its own clock
 * @param agent what reports, and its version, one line of at most 100 characters
 * @since 0.1
 */
public record NodeReport(
        Node node,
        KernelIdentity kernel,
        Optional<PatchRef> inForce,
        Optional<PatchRef> subject,
        NodeState state,
        Health health,
        Optional<String> error,
        Instant at,
        String agent) {
    /** The longest text of a report, in bytes of UTF-8. */
    public static final int LONGEST_TEXT = 16 << 10;

    /** What the name of a report's file ends with, see {@link #fileName}. */
    public static final String SUFFIX = ".report";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final int LONGEST_AGENT = 100;

    /**
     * Makes one line of what commands say, and rejects a state that does not fit: a patched node has its subject in
     * force, and one that tries, turned down or could not load a patch says which.
     */
    public NodeReport {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(inForce, "inForce");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(health, "health");
        boolean fits = switch (state) {
            case TRYING, TURNED_DOWN, NOT_LOADED -> subject.isPresent();
            case PATCHED ->
                subject.isPresent() && inForce.filter(subject.get()::isSame).isPresent();
            case UNPATCHED -> inForce.isEmpty() && subject.isEmpty();
            case FROZEN, FAILED -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    "A node with " + inForce + " in force is not " + state + " of " + subject + ".");
        }
        error = error.map(text -> Line.of(text, Line.LONGEST)).filter(text -> !text.isEmpty());
        Times.require(at);
        agent = Line.of(agent, LONGEST_AGENT);
    }

    /** Which of two reports of a node is the later; of equal times the one that says more against its patch. */
    static final Comparator<NodeReport> LATER = Comparator.comparing(NodeReport::at)
            .thenComparing(report -> report.state() == NodeState.TURNED_DOWN)
            .thenComparing(report -> report.health() == Health.UNHEALTHY)
            .thenComparing(report -> report.state() == NodeState.TRYING)
            .thenComparing(NodeReport::toText);

    /** Tells whether it says that a patch did harm. */
    boolean accuses(PatchRef patch) {
        return (state == NodeState.TURNED_DOWN && subject.filter(patch::isSame).isPresent())
                || (health == Health.UNHEALTHY && inForce.filter(patch::isSame).isPresent());
    }

    /** Tells whether it says that a patch does well. */
    boolean commends(PatchRef patch) {
        return (state == NodeState.PATCHED || state == NodeState.FROZEN)
                && health == Health.HEALTHY
                && inForce.filter(patch::isSame).isPresent();
    }

    /**
     * Names the file in which the reports of a node are kept, one for each node: its id, where that is a plain file
     * name, or else {@code ~} and the SHA-256 of the id.
     *
     * @param id the id of the node
     * @return a name of at most 140 letters, digits and {@code . _ - ~} that ends with {@link #SUFFIX}
     */
    public static String fileName(String id) {
        if (PLAIN.matcher(Node.requireWord(id)).matches()) {
            return id + SUFFIX;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.US_ASCII));
            return '~' + HexFormat.of().formatHex(digest) + SUFFIX;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /**
     * Writes it as text: equal reports give equal text, of at most {@link #LONGEST_TEXT} bytes.
     *
     * @return a {@link org.tuxtape.core.text.Stanza} whose first field names the form and its version
     */
    public String toText() {
        return ReportText.write(this);
    }

    /**
     * Reads what {@link #toText()} has written.
     *
     * @param text the text
     * @return the report
     * @throws IllegalArgumentException if it is none, one of a form that this version does not know, or longer than
     *     {@link #LONGEST_TEXT}
     */
    public static NodeReport parse(String text) {
        return ReportText.read(text);
    }
}
