package org.tuxtape.livepatch.sysfs.trial;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.text.Stanza;

/**
 * What the state file of a patch holds: one stanza. The name, digest and release are there for people; a file that lies
 * beside another patch's manifest is damaged.
 *
 * @param state the state as it was written
 * @param marker the load marker; empty if there is none
 * @param since when the patch came to that state
 * @param by who brought it there
 * @param why the reason
 */
record StateText(PatchState state, Optional<Marker> marker, Instant since, String by, String why) {
    private static final String FORM = "tuxtape-livepatch-state ";
    private static final int VERSION = 1;
    private static final String NO_MARKER = "none";
    private static final int LONGEST = 1000;

    /** Rejects a marker where there is nothing to mark, and makes one line of what people say. */
    StateText {
        boolean fits = marker.isPresent()
                ? state != PatchState.ADDED && state != PatchState.PASSED
                : state != PatchState.ON_TRIAL;
        if (!fits) {
            throw new IllegalArgumentException("A patch that is " + state + " has this marker: " + marker + ".");
        }
        by = line(by);
        why = line(why);
        if (by.isEmpty() || why.isEmpty()) {
            throw new IllegalArgumentException("A change of a patch's state names who made it and why.");
        }
    }

    /**
     * Says that a patch is being loaded, or was not long ago.
     *
     * @param bootId in which boot
     * @param since when that began
     */
    record Marker(String bootId, Instant since) {
        static Marker parse(String text) {
            String[] words = text.split(" ", -1);
            if (words.length != 2 || !CurrentBoot.ID.matcher(words[0]).matches()) {
                throw new IllegalArgumentException("Not a marker: '" + text + "'.");
            }
            return new Marker(words[0], Instant.parse(words[1]));
        }

        @Override
        public String toString() {
            return bootId + ' ' + since;
        }
    }

    /** Tells what a later version has written from what nobody has. */
    static final class NewerFormat extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NewerFormat(String format) {
            super("The form '" + format + "' is of a later version.");
        }
    }

    String write(Manifest manifest) {
        return Stanza.empty()
                .with("Format", FORM + VERSION)
                .with("Name", manifest.name().text())
                .with("SHA-256", manifest.sha256())
                .with("Release", manifest.release().text())
                .with("State", state.name())
                .with("Marker", marker.map(Marker::toString).orElse(NO_MARKER))
                .with("Since", since.toString())
                .with("By", by)
                .with("Why", why)
                .toString();
    }

    static StateText read(String text, Manifest manifest) {
        Stanza stanza = Stanza.parse(text);
        requireFormat(stanza.required("Format"));
        List<String> own = List.of(
                manifest.name().text(), manifest.sha256(), manifest.release().text());
        if (!own.equals(List.of(stanza.required("Name"), stanza.required("SHA-256"), stanza.required("Release")))) {
            throw new IllegalArgumentException("It is the state of another patch.");
        }
        String marker = stanza.required("Marker");
        return new StateText(
                stanza.required("State", PatchState.class),
                marker.equals(NO_MARKER) ? Optional.empty() : Optional.of(Marker.parse(marker)),
                Instant.parse(stanza.required("Since")),
                stanza.required("By"),
                stanza.required("Why"));
    }

    private static void requireFormat(String format) {
        if (format.equals(FORM + VERSION)) {
            return;
        }
        if (format.matches(FORM + "[1-9][0-9]{0,5}")) {
            throw new NewerFormat(format);
        }
        throw new IllegalArgumentException("The form '" + format + "' is not known.");
    }

    /** Reasons come from commands and the kernel's log, and stand in a file that people read. */
    private static String line(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST).strip();
    }
}
