package org.tuxtape.core.diff;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.core.internal.Sorted;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CSource;

/**
 * What of a C source file a change touches, seen from the file's own text. The headings of hunks do not say it: they name
 * what begins above a hunk, which is often the function before.
 *
 * @param before what of the old text loses lines, in the order of the file
 * @param after what of the new text gains lines
 * @param elsewhere whether lines change, other than blank ones, that belong to no definition: declarations, includes,
 *     comments, or a file that is no C
 * @since 0.1
 */
public record ChangedCode(List<CDefinition> before, List<CDefinition> after, boolean elsewhere) {
    private static final int MOST_FUZZ = 2;

    /** Copies the lists. */
    public ChangedCode {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Finds what a change touches. Hunks are looked for in both texts, so their line numbers may be off.
     *
     * @param file the change
     * @param before the text of the file that it leads from; empty if there is none
     * @param after the text that it leads to; empty if there is none
     * @return what it touches; nothing for a change without hunks
     */
    public static ChangedCode of(FileDiff file, Optional<String> before, Optional<String> after) {
        String name = file.path().raw();
        boolean isC = name.endsWith(".c") || name.endsWith(".h");
        ChangedSide old = ChangedSide.of(file, Side.BEFORE, isC ? before.orElse("") : "");
        ChangedSide present = ChangedSide.of(file, Side.AFTER, isC ? after.orElse("") : "");
        return new ChangedCode(old.touched, present.touched, old.elsewhere || present.elsewhere);
    }

    /**
     * Names what of one kind the change touches, adds or removes.
     *
     * @param kind which kind
     * @return the names, sorted; without those of anonymous types
     */
    public SortedSet<String> names(CDefinition.Kind kind) {
        return Sorted.set(Stream.concat(before.stream(), after.stream())
                .filter(definition -> definition.kind() == kind)
                .map(CDefinition::name)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /**
     * Names the functions that the change touches, adds or removes.
     *
     * @return their names, sorted
     */
    public SortedSet<String> functions() {
        return names(CDefinition.Kind.FUNCTION);
    }

    private record ChangedSide(List<CDefinition> touched, boolean elsewhere) {

        static ChangedSide of(FileDiff file, Side side, String text) {
            HunkFinder finder = new HunkFinder(file, side, TextLines.of(text), false);
            TreeSet<Integer> changed = new TreeSet<>();
            TreeSet<Integer> telling = new TreeSet<>();
            for (Hunk hunk : file.hunks()) {
                int number = finder.next(hunk, MOST_FUZZ) instanceof HunkMatch.Found place
                        ? place.line()
                        : Math.max(1, hunk.start(side));
                for (DiffLine line : hunk.lines()) {
                    if (!line.kind().isOn(side)) {
                        continue;
                    }
                    if (line.kind() != DiffLine.Kind.CONTEXT) {
                        changed.add(number);
                        if (!line.text().isBlank()) {
                            telling.add(number);
                        }
                    }
                    number++;
                }
            }
            List<CDefinition> touched = CSource.parse(text).at(changed);
            touched.forEach(definition -> telling.subSet(definition.firstLine(), true, definition.lastLine(), true)
                    .clear());
            return new ChangedSide(touched, !telling.isEmpty());
        }
    }
}
