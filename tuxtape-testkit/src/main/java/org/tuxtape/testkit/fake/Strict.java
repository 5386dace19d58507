package org.tuxtape.testkit.fake;

/** What a strict fake says of a question that it was not prepared for. */
final class Strict {
    private Strict() {}

    static AssertionError unexpected(String asked) {
        return new AssertionError("Asked for " + asked + ", which was not set up; relaxed() allows it.");
    }
}
