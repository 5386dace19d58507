package org.tuxtape.kpatch.compose;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.Hunk;
import org.tuxtape.core.kernel.SourcePath;

/**
 * What a fix seems to touch: enough to suspect it, not to convict it.
 *
 * @param files the files that it changes
 * @param functions the functions in them, those among them that only stand in the headings of hunks
 */
record TouchedCode(Set<SourcePath> files, Set<String> functions) {
    private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(");

    static TouchedCode of(List<Diff> diffs, Set<String> known) {
        Set<SourcePath> files = new HashSet<>();
        Set<String> functions = new HashSet<>(known);
        for (Diff diff : diffs) {
            for (FileDiff file : diff.files()) {
                file.oldPath().flatMap(path -> path.inTree()).ifPresent(files::add);
                file.newPath().flatMap(path -> path.inTree()).ifPresent(files::add);
                file.hunks().forEach(hunk -> addHeading(functions, hunk));
            }
        }
        return new TouchedCode(files, functions);
    }

    private static void addHeading(Set<String> functions, Hunk hunk) {
        Matcher call = CALL.matcher(hunk.heading());
        if (call.find()) {
            functions.add(call.group(1));
        }
    }

    boolean sharesFileWith(TouchedCode other) {
        return !Collections.disjoint(files, other.files);
    }

    boolean hasHeader() {
        return files.stream().anyMatch(SourcePath::isHeader);
    }
}
