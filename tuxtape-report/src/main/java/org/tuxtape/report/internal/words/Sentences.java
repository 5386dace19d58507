package org.tuxtape.report.internal.words;

import java.util.ArrayList;
import java.util.List;

/**
 * What is said of one thing.
 *
 * @param text sentences, in order
 * @param excerpt lines of a log that show it; possibly empty
 */
public record Sentences(List<String> text, String excerpt) {

    /** Copies the list, and drops what says nothing. */
    public Sentences {
        text = text.stream().filter(sentence -> !sentence.isBlank()).toList();
        excerpt = excerpt.strip();
    }

    static Sentences of(String... text) {
        return new Sentences(List.of(text), "");
    }

    static Sentences of(List<String> text) {
        return new Sentences(text, "");
    }

    Sentences and(Sentences more) {
        List<String> both = new ArrayList<>(text);
        both.addAll(more.text);
        return new Sentences(both, excerpt.isEmpty() ? more.excerpt : excerpt);
    }

    /** Returns the sentences on one line. */
    public String joined() {
        return String.join(" ", text);
    }
}
