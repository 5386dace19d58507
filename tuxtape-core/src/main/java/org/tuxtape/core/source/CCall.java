package org.tuxtape.core.source;

import java.util.Locale;

/**
 * A word with parentheses after it: a function and its parameters, a macro and its arguments, an attribute.
 *
 * @param word the word
 * @param alone whether no type stands before it
 * @param pointer whether the first thing in the parentheses is a star: then they hold a declared name
 * @param first the first word in the parentheses, or empty
 * @param last the last one
 */
record CCall(String word, boolean alone, boolean pointer, String first, String last) {
    static final CCall NONE = new CCall("", false, false, "", "");

    static CCall of(String word, boolean alone) {
        return new CCall(word, alone, false, "", "");
    }

    CCall with(String argument) {
        return new CCall(word, alone, pointer, first.isEmpty() ? argument : first, argument);
    }

    CCall withStar() {
        return first.isEmpty() ? new CCall(word, alone, true, first, last) : this;
    }

    /** Tells whether this must be a macro: a word in capitals without a type. */
    boolean isMacro() {
        return alone && !word.isEmpty() && word.equals(word.toUpperCase(Locale.ROOT));
    }

    /** Returns the macro that defines something here, or an empty text. */
    String macro() {
        return isMacro() && !first.isEmpty() ? word : "";
    }

    /** Returns the name of what is defined here. */
    String name() {
        if (pointer) {
            return first;
        }
        if (macro().isEmpty()) {
            return word;
        }
        return word.contains("PER_CPU") ? last : first;
    }
}
