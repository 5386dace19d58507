package org.tuxtape.core.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.diff.DiffException.Fault;

/** Reads a diff from top to bottom: text, file headers and hunks. What a file header says is left to {@link FileHeader}. */
final class DiffReader {
    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@(.*)", Pattern.DOTALL);
    private static final List<String> OTHER_KINDS = List.of("diff --cc ", "diff --combined ", "***************");
    private static final char LAST_BYTE = '\u00ff';

    private final DiffLines lines;

    DiffReader(String text, int longest) {
        if (text.length() > longest) {
            throw new DiffException(
                    Fault.LIMIT_EXCEEDED, 0, "The diff has " + text.length() + " chars, more than " + longest + ".");
        }
        lines = new DiffLines(text);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_BYTE) {
                throw new DiffException(Fault.NOT_BYTES, 0, "The diff was not decoded one char per byte.");
            }
        }
    }

    Diff read() {
        List<FileDiff> files = new ArrayList<>();
        String header = "";
        while (lines.hasLine()) {
            int start = lines.position();
            if (!readChange(files)) {
                lines.advance();
            } else if (files.size() == 1) {
                header = lines.from(0, start);
            }
        }
        header = files.isEmpty() ? lines.from(0, lines.position()) : header;
        DiffHeader about = DiffHeader.read(header);
        return new Diff(header, about.commit(), about.subject(), files);
    }

    /** Reads the change of a file if one begins at this line. */
    private boolean readChange(List<FileDiff> files) {
        String line = lines.line();
        if (FileHeader.beginsAt(lines)) {
            lines.removeReturns(line.endsWith("\r"));
            FileHeader header = FileHeader.read(lines);
            files.add(header.with(hunks()));
            lines.removeReturns(false);
            return true;
        }
        if (OTHER_KINDS.stream().anyMatch(line::startsWith)) {
            throw lines.fault(Fault.UNSUPPORTED, "A diff of a merge, or with context marks, is not read.");
        }
        if (HUNK.matcher(line).matches()) {
            throw lines.fault(Fault.MALFORMED_HEADER, "A hunk belongs to a file, but none is named above it.");
        }
        return false;
    }

    private List<Hunk> hunks() {
        List<Hunk> hunks = new ArrayList<>();
        while (lines.hasLine() && lines.line().startsWith("@@ ")) {
            hunks.add(hunk());
        }
        return hunks;
    }

    private Hunk hunk() {
        Matcher header = HUNK.matcher(lines.line());
        if (!header.matches()) {
            throw lines.fault(Fault.MALFORMED_HUNK, "The hunk's line numbers cannot be read.");
        }
        int number = lines.number();
        lines.advance();
        int oldCount = count(header.group(2));
        int newCount = count(header.group(4));
        List<DiffLine> content = new HunkLines(lines, oldCount, newCount).read();
        if (lines.hasLine() && isLeftOver(lines.line())) {
            throw lines.fault(Fault.MALFORMED_HUNK, "The hunk has more lines than it says.");
        }
        String heading = header.group(5).startsWith(" ") ? header.group(5).substring(1) : header.group(5);
        try {
            return new Hunk(Integer.parseInt(header.group(1)), Integer.parseInt(header.group(3)), heading, content);
        } catch (IllegalArgumentException e) {
            throw new DiffException(Fault.MALFORMED_HUNK, number, Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    private static int count(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    /** The lines of a hunk end where it says; a mail's signature and the next file's header may follow. */
    private boolean isLeftOver(String line) {
        boolean marked = !line.isEmpty() && " +-\\".indexOf(line.charAt(0)) >= 0;
        return marked && !line.stripTrailing().equals("--") && !FileHeader.isListAt(lines);
    }
}
