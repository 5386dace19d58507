package org.tuxtape.kpatch.internal.run;

/**
 * Receives what a tool says, in the thread that runs it. What it throws ends the tool, and then reaches who ran it.
 */
@FunctionalInterface
public interface LineSink {

    /**
     * Takes one line.
     *
     * @param line without its end and without control characters but tabs; shortened if it is very long
     */
    void line(String line);
}
