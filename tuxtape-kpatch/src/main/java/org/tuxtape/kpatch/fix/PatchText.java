package org.tuxtape.kpatch.fix;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;

/**
 * The text of a patch. What is handed on is written anew from what was understood: no text around the changes, which
 * patch(1) might take for an ed script or a list of prerequisites, comes through.
 */
final class PatchText {
    /** What git writes before every mail of a series, and before every commit of a log. */
    private static final Pattern NEXT_COMMIT = Pattern.compile(
            "^(?:From [0-9a-f]{40} Mon Sep 17 00:00:00 2001|commit [0-9a-f]{40}(?: \\(.*\\))?)$", Pattern.MULTILINE);

    private PatchText() {}

    static String of(List<FileDiff> files) {
        return files.stream().map(FileDiff::toText).collect(Collectors.joining());
    }

    /** Reads the id that the first line names. */
    static Optional<CommitId> commit(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .filter(line -> line.startsWith("From ") || line.startsWith("commit "))
                .flatMap(line -> Diff.parse(line).commit());
    }

    /** Reads a patch of one commit. */
    static Diff parse(byte[] content, int longest) throws UnusableCommitException {
        try {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            Diff diff = Diff.parse(text, longest);
            if (diff.files().isEmpty()) {
                throw new UnusableCommitException("changes no file");
            }
            if (NEXT_COMMIT.matcher(text.substring(diff.header().length())).find()) {
                throw new UnusableCommitException("is followed by another commit in the same text");
            }
            return diff;
        } catch (DiffException e) {
            UnusableCommitException unusable = new UnusableCommitException("cannot be relied on: " + e.getMessage());
            unusable.initCause(e);
            throw unusable;
        }
    }

    /** Decodes what the bytes say in UTF-8, if they are that, and leaves out control characters. */
    static String readable(String bytes) {
        String line = bytes.replaceAll("\\p{Cntrl}", " ");
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return line;
        }
    }

    static FixCommit fixCommit(Optional<CommitId> id, Diff diff) {
        return new FixCommit(id, diff.subject(), of(diff.files()));
    }
}
