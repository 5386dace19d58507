package org.tuxtape.testkit.contract;

import java.util.function.Supplier;

/** An implementation that breaks one rule on purpose. */
record Mutant<S>(String rule, String fault, Supplier<S> subject) {

    @Override
    public String toString() {
        return rule + ": " + fault;
    }
}
