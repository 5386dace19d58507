package org.tuxtape.core.diff;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes a {@link FileDiff}. */
final class FileDiffText {
    private static final String NO_FILE = "/dev/null";

    private FileDiffText() {}

    static void append(FileDiff file, StringBuilder text) {
        String oldName = file.oldPath().map(path -> "a/" + path.raw()).orElse(NO_FILE);
        String newName = file.newPath().map(path -> "b/" + path.raw()).orElse(NO_FILE);
        if (isGit(file)) {
            text.append("diff --git ")
                    .append(QuotedName.write(
                            "a/" + file.oldPath().orElse(file.path()).raw()))
                    .append(' ')
                    .append(QuotedName.write("b/" + file.path().raw()))
                    .append('\n');
            appendModes(file, text);
            appendNames(file, text);
            file.blobs()
                    .ifPresent(blobs -> line(
                            text,
                            "index ",
                            blobs.before() + ".." + blobs.after()
                                    + unchangedMode(file)
                                            .map(mode -> " " + mode)
                                            .orElse("")));
        }
        if (!file.hunks().isEmpty()) {
            line(text, "--- ", name(oldName));
            line(text, "+++ ", name(newName));
            file.hunks().forEach(hunk -> hunk.appendTo(text));
        }
        file.binary().ifPresent(binary -> appendBinary(binary, oldName, newName, text));
    }

    private static boolean isGit(FileDiff file) {
        return file.oldMode().isPresent()
                || file.newMode().isPresent()
                || file.blobs().isPresent()
                || file.kind() == FileDiff.Kind.RENAMED
                || file.kind() == FileDiff.Kind.COPIED
                || file.binary()
                        .filter(binary -> !binary.equals(BinaryChange.UNKNOWN))
                        .isPresent();
    }

    private static Optional<FileMode> unchangedMode(FileDiff file) {
        return file.oldMode().filter(mode -> file.newMode().filter(mode::equals).isPresent());
    }

    private static void appendModes(FileDiff file, StringBuilder text) {
        if (file.kind() == FileDiff.Kind.ADDED) {
            line(text, "new file mode ", file.newMode().map(FileMode::octal).orElse("100644"));
        } else if (file.kind() == FileDiff.Kind.DELETED) {
            line(text, "deleted file mode ", file.oldMode().map(FileMode::octal).orElse("100644"));
        } else if (unchangedMode(file).isEmpty() || file.blobs().isEmpty()) {
            file.oldMode().ifPresent(mode -> line(text, "old mode ", mode.octal()));
            file.newMode().ifPresent(mode -> line(text, "new mode ", mode.octal()));
        }
    }

    private static void appendNames(FileDiff file, StringBuilder text) {
        Function<Optional<DiffPath>, String> whole =
                path -> QuotedName.write(path.orElseThrow().raw());
        if (file.kind() == FileDiff.Kind.RENAMED || file.kind() == FileDiff.Kind.COPIED) {
            String verb = file.kind() == FileDiff.Kind.RENAMED ? "rename " : "copy ";
            line(text, verb + "from ", whole.apply(file.oldPath()));
            line(text, verb + "to ", whole.apply(file.newPath()));
        }
    }

    private static void appendBinary(BinaryChange binary, String oldName, String newName, StringBuilder text) {
        if (binary.forward().isEmpty()) {
            line(text, "Binary files ", QuotedName.write(oldName) + " and " + QuotedName.write(newName) + " differ");
            return;
        }
        text.append("GIT binary patch\n");
        for (List<String> encoded : List.of(binary.forward(), binary.backward())) {
            encoded.forEach(line -> line(text, "", line));
            if (!encoded.isEmpty()) {
                text.append('\n');
            }
        }
    }

    /** A name with a space is ended by a tab, or it would be taken for a name with a date. */
    private static String name(String name) {
        String written = QuotedName.write(name);
        return written.indexOf(' ') >= 0 && !written.startsWith("\"") ? written + '\t' : written;
    }

    private static void line(StringBuilder text, String keyword, String value) {
        text.append(keyword).append(value).append('\n');
    }
}
