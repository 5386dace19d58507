package org.tuxtape.benchmarks;

import java.util.Arrays;

/** Requests by the second in which they came. */
final class ServerLoad {
    private static final int MINUTE = 60;
    private int[] seconds = new int[1 << 16];
    private int last;

    void add(int second, int requests) {
        if (second >= seconds.length) {
            seconds = Arrays.copyOf(seconds, Math.max(second + 1, 2 * seconds.length));
        }
        seconds[second] += requests;
        last = Math.max(last, second);
    }

    double mean() {
        return (double) Arrays.stream(seconds).asLongStream().sum() / (last + 1);
    }

    int peakSecond() {
        return Arrays.stream(seconds).max().orElse(0);
    }

    double peakMinute() {
        long peak = 0;
        for (int begin = 0; begin <= last; begin += MINUTE) {
            peak = Math.max(
                    peak,
                    Arrays.stream(seconds, begin, Math.min(seconds.length, begin + MINUTE))
                            .asLongStream()
                            .sum());
        }
        return (double) peak / MINUTE;
    }
}
