package org.tuxtape.kpatch.internal.diagnosis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.BuildFailure;

/**
 * A line that explains a failure.
 *
 * @param trust how well
 * @param failure what it means
 * @param text how it begins; may have groups {@code file}, {@code line}, {@code object}, {@code name} (a function,
 *     variable or symbol) and {@code section} (one that may be named after a symbol)
 * @param remedy one sentence, with {@code {}} for the name
 */
record Sign(Trust trust, BuildFailure failure, Pattern text, String remedy) {

    static Sign root(BuildFailure failure, String text, String remedy) {
        return new Sign(Trust.ROOT, failure, Pattern.compile(text), remedy);
    }

    static Sign cause(BuildFailure failure, String text, String remedy) {
        return new Sign(Trust.CAUSE, failure, Pattern.compile(text), remedy);
    }

    static Sign summary(BuildFailure failure, String text, String remedy) {
        return new Sign(Trust.SUMMARY, failure, Pattern.compile(text), remedy);
    }

    static Sign build(BuildFailure failure, String text, String remedy) {
        return new Sign(Trust.BUILD, failure, Pattern.compile(text), remedy);
    }

    static Sign step(BuildFailure failure, String text, String remedy) {
        return new Sign(Trust.STEP, failure, Pattern.compile(text), remedy);
    }

    static Sign hint(BuildFailure failure, String text, String remedy) {
        return new Sign(Trust.HINT, failure, Pattern.compile(text), remedy);
    }

    /** Matches from the beginning of a text. */
    Matcher in(String line) {
        return text.matcher(line);
    }
}
