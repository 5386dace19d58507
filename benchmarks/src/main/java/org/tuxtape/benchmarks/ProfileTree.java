package org.tuxtape.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tuxtape.profile.KbuildTree;

/** The profile of a tree that lab/kernel built, with its files in the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProfileTree {
    private Path tree = Path.of("");

    /** Finds the tree. */
    @Setup
    public void open() {
        tree = Inputs.buildTree()
                .orElseThrow(() -> new IllegalStateException("There is no finished tree; run lab/kernel first."));
    }

    /**
     * Reads the tree.
     *
     * @return the number of its units
     */
    @Benchmark
    public int units() {
        return KbuildTree.read(tree).units().size();
    }
}
