package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects, in sentences, what is unknown or surprising about a tree, and what shows that its build did not finish. */
final class Findings {
    private final List<String> notes = new ArrayList<>();
    private Optional<String> whyUnfinished = Optional.empty();

    void note(String sentence) {
        notes.add(sentence);
    }

    /** Notes a sentence with how many there are and the first of them, unless there are none. */
    void note(Collection<String> found, String sentence) {
        if (!found.isEmpty()) {
            note(counted(found, sentence));
        }
    }

    /** Notes that the build did not finish, or that not all of it can be seen. */
    void unfinished(String sentence) {
        notes.add(sentence);
        if (whyUnfinished.isEmpty()) {
            whyUnfinished = Optional.of(sentence);
        }
    }

    void unfinished(Collection<String> found, String sentence) {
        if (!found.isEmpty()) {
            unfinished(counted(found, sentence));
        }
    }

    private static String counted(Collection<String> found, String sentence) {
        String first = found.iterator().next();
        return found.size() == 1
                ? sentence + ": " + first + "."
                : sentence + ": " + first + " and " + (found.size() - 1) + " more.";
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    boolean isFinished() {
        return whyUnfinished.isEmpty();
    }

    Optional<String> whyUnfinished() {
        return whyUnfinished;
    }
}
