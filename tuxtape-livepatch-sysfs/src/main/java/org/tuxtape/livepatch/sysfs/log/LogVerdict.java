package org.tuxtape.livepatch.sysfs.log;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind;

/**
 * What the kernel's log says of a livepatch on trial.
 *
 * <p>Trouble belongs to a livepatch if a function of its module stands in the trace, or is where the processor was. A
 * list of linked modules proves nothing.
 *
 * @param livepatch the livepatch
 * @param own trouble that its functions are part of, and what the kernel could not do with it
 * @param elsewhere trouble that it does not show in
 * @param lost how many messages nobody has read, zero or more
 * @since 0.1
 */
public record LogVerdict(
        LivepatchName livepatch, List<KernelEvent> own, List<KernelEvent.Trouble> elsewhere, long lost) {

    /**
     * What happens elsewhere without any livepatch on a busy machine. All other trouble may come from memory that the
     * livepatch has spoilt, and shows only where that is used.
     */
    private static final Set<TroubleKind> UNRELATED =
            EnumSet.of(TroubleKind.WARNING, TroubleKind.HUNG_TASK, TroubleKind.RCU_STALL);

    /** Copies the lists, and rejects a count below zero. */
    public LogVerdict {
        Objects.requireNonNull(livepatch, "livepatch");
        own = List.copyOf(own);
        elsewhere = List.copyOf(elsewhere);
        if (lost < 0) {
            throw new IllegalArgumentException("A count is never below zero.");
        }
    }

    /** The verdict in a word, the gravest that fits. */
    public enum Finding {
        /** Nothing went wrong, and every message was read. */
        CLEAN,
        /** Something went wrong in the livepatch, or with it. */
        TROUBLE_IN_LIVEPATCH,
        /** Something went wrong, and the livepatch does not show in it. */
        TROUBLE_ELSEWHERE,
        /** Nothing is known to have gone wrong, but not every message was read. */
        INCOMPLETE
    }

    /**
     * Judges.
     *
     * @param livepatch the livepatch on trial
     * @param events what was logged since it was loaded
     * @return the verdict
     */
    public static LogVerdict of(LivepatchName livepatch, List<KernelEvent> events) {
        List<KernelEvent> own = new ArrayList<>();
        List<KernelEvent.Trouble> elsewhere = new ArrayList<>();
        long lost = 0;
        for (KernelEvent event : events) {
            if (event instanceof KernelEvent.Trouble trouble) {
                if (trouble.modules().contains(livepatch.text())) {
                    own.add(trouble);
                } else {
                    elsewhere.add(trouble);
                }
            } else if (event instanceof KernelEvent.Livepatching said) {
                if (said.kind() == KernelEvent.Step.FAILED && said.livepatch().equals(Optional.of(livepatch))) {
                    own.add(said);
                }
            } else if (event instanceof KernelEvent.Lost gap) {
                lost += gap.messages();
            }
        }
        return new LogVerdict(livepatch, own, elsewhere, lost);
    }

    /**
     * Returns the verdict in a word.
     *
     * @return the gravest finding
     */
    public Finding finding() {
        if (!own.isEmpty()) {
            return Finding.TROUBLE_IN_LIVEPATCH;
        }
        if (!elsewhere.isEmpty()) {
            return Finding.TROUBLE_ELSEWHERE;
        }
        return lost > 0 ? Finding.INCOMPLETE : Finding.CLEAN;
    }

    /**
     * Tells why a trial should turn the livepatch down: any trouble of its own; trouble elsewhere, unless it is of a
     * kind that busy machines have anyway (a warning, a hung task, an RCU stall); or messages that were lost, since
     * unknown is never no.
     *
     * @return the reason, one sentence that quotes the kernel; empty if the log speaks for the livepatch
     */
    public Optional<String> objection() {
        if (!own.isEmpty()) {
            return Optional.of("The kernel reported trouble in " + livepatch + ": " + quote(own.get(0)));
        }
        Optional<String> grave = elsewhere.stream()
                .filter(trouble -> !UNRELATED.contains(trouble.kind()))
                .findFirst()
                .map(trouble -> "The kernel reported trouble while " + livepatch + " was on trial: " + quote(trouble));
        if (grave.isPresent() || lost == 0) {
            return grave;
        }
        return Optional.of("Of the kernel's messages, " + lost + " were overwritten before they could be read.");
    }

    private static String quote(KernelEvent event) {
        String said = event instanceof KernelEvent.Trouble trouble
                ? trouble.title()
                : ((KernelEvent.Livepatching) event).text();
        return "\"" + said + "\".";
    }
}
