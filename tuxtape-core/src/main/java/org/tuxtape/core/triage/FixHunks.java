package org.tuxtape.core.triage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;

/** Numbers the hunks of a fix: a file that several commits change has them counted on. */
final class FixHunks {
    private final Map<DiffPath, Integer> counts = new HashMap<>();

    /** Returns the names of the hunks of the next change of a file, in their order. */
    List<FixHunk> of(FileDiff file) {
        int count = file.hunks().size();
        int last = counts.merge(file.path(), count, Integer::sum);
        return IntStream.rangeClosed(last - count + 1, last)
                .mapToObj(number -> new FixHunk(file.path(), number))
                .toList();
    }
}
