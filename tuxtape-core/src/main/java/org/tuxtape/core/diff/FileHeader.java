package org.tuxtape.core.diff;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.diff.DiffException.Fault;
import org.tuxtape.core.diff.FileDiff.Kind;

/** What stands above the hunks of a file, collected line by line and then checked as a whole. */
final class FileHeader {
    private static final String GIT = "diff --git ";
    private static final String GIT_BINARY = "GIT binary patch";
    private static final String BINARY = "Binary files ";
    private static final String DIFFER = " differ";
    private static final Pattern INDEX = Pattern.compile("([0-9a-f]{4,64})\\.\\.([0-9a-f]{4,64})(?: ([0-7]{6}))?");
    private static final Pattern ENCODED = Pattern.compile("(?:literal|delta) \\d{1,10}");

    private static final Map<String, BiConsumer<FileHeader, String>> EXTENDED = Map.ofEntries(
            entry("old mode ", (header, mode) -> header.oldMode = header.mode(mode)),
            entry("new mode ", (header, mode) -> header.newMode = header.mode(mode)),
            entry(
                    "new file mode ",
                    (header, mode) -> header.newMode = header.is(Kind.ADDED).mode(mode)),
            entry(
                    "deleted file mode ",
                    (header, mode) -> header.oldMode = header.is(Kind.DELETED).mode(mode)),
            entry(
                    "rename from ",
                    (header, name) -> header.from = header.is(Kind.RENAMED).whole(name)),
            entry(
                    "rename to ",
                    (header, name) -> header.to = header.is(Kind.RENAMED).whole(name)),
            entry(
                    "copy from ",
                    (header, name) -> header.from = header.is(Kind.COPIED).whole(name)),
            entry(
                    "copy to ",
                    (header, name) -> header.to = header.is(Kind.COPIED).whole(name)),
            entry("similarity index ", (header, percent) -> {}),
            entry("dissimilarity index ", (header, percent) -> {}),
            entry("index ", FileHeader::readIndex));

    private final DiffLines lines;
    private final int number;
    private Kind kind = Kind.MODIFIED;
    private Optional<HeaderName.Pair> titled = Optional.empty();
    private Optional<HeaderName.Pair> listed = Optional.empty();
    private @Nullable DiffPath from;
    private @Nullable DiffPath to;
    private @Nullable FileMode oldMode;
    private @Nullable FileMode newMode;
    private @Nullable Blobs blobs;
    private @Nullable BinaryChange binary;

    private FileHeader(DiffLines lines) {
        this.lines = lines;
        this.number = lines.number();
    }

    /** Tells whether a header begins at this line. */
    static boolean beginsAt(DiffLines lines) {
        String line = lines.line();
        return line.startsWith(GIT) || isListAt(lines) || saysBinary(line);
    }

    private static boolean saysBinary(String line) {
        return line.startsWith(BINARY) && line.endsWith(DIFFER);
    }

    /** Tells whether the two lines with the names before and after begin at this line. */
    static boolean isListAt(DiffLines lines) {
        return lines.line().startsWith("--- ") && lines.next().startsWith("+++ ");
    }

    /** Reads the header that begins at this line, and stops at its first hunk. */
    static FileHeader read(DiffLines lines) {
        FileHeader header = new FileHeader(lines);
        String line = lines.line();
        if (line.startsWith(GIT)) {
            header.titled = HeaderName.pair(line.substring(GIT.length()), " ");
            lines.advance();
            while (header.readExtended(lines.line())) {
                lines.advance();
            }
        } else if (saysBinary(line)) {
            header.titled = HeaderName.pair(line.substring(BINARY.length(), line.length() - DIFFER.length()), " and ");
        }
        header.readBinary();
        if (header.binary == null && isListAt(lines)) {
            HeaderName before = HeaderName.read(lines.line().substring(4));
            header.listed = Optional.of(
                    new HeaderName.Pair(before, HeaderName.read(lines.next().substring(4))));
            lines.advance();
            lines.advance();
        }
        return header;
    }

    private boolean readExtended(String line) {
        for (Map.Entry<String, BiConsumer<FileHeader, String>> field : EXTENDED.entrySet()) {
            if (line.startsWith(field.getKey())) {
                field.getValue().accept(this, line.substring(field.getKey().length()));
                return true;
            }
        }
        return false;
    }

    private FileHeader is(Kind stated) {
        if (kind != Kind.MODIFIED && kind != stated) {
            throw lines.fault(Fault.MALFORMED_HEADER, "A file that is " + kind + " cannot be " + stated + " too.");
        }
        kind = stated;
        return this;
    }

    private FileMode mode(String octal) {
        try {
            return new FileMode(octal.strip());
        } catch (IllegalArgumentException e) {
            throw lines.fault(Fault.MALFORMED_HEADER, "The mode of the file is none.");
        }
    }

    private DiffPath whole(String text) {
        String name = text.startsWith("\"")
                ? QuotedName.read(text, 0).map(QuotedName::name).orElse("")
                : text;
        if (name.isEmpty()) {
            throw lines.fault(Fault.MALFORMED_HEADER, "The name of the file is none.");
        }
        return new DiffPath(name);
    }

    private void readIndex(String text) {
        Matcher index = INDEX.matcher(text.strip());
        if (index.matches()) {
            blobs = new Blobs(index.group(1), index.group(2));
            if (index.group(3) != null) {
                oldMode = mode(index.group(3));
                newMode = oldMode;
            }
        }
    }

    private void readBinary() {
        if (saysBinary(lines.line())) {
            binary = BinaryChange.UNKNOWN;
            lines.advance();
        } else if (lines.line().equals(GIT_BINARY)) {
            lines.advance();
            List<String> forward = readEncoded();
            if (forward.isEmpty()) {
                throw lines.fault(Fault.MALFORMED_HEADER, "The binary patch has no content.");
            }
            binary = new BinaryChange(forward, readEncoded());
        }
    }

    private List<String> readEncoded() {
        List<String> encoded = new ArrayList<>();
        if (ENCODED.matcher(lines.line()).matches()) {
            while (!lines.line().isEmpty()) {
                encoded.add(lines.line());
                lines.advance();
            }
            if (!lines.hasLine()) {
                throw lines.fault(Fault.TRUNCATED, "An empty line ends the content of a binary patch.");
            }
            lines.advance();
        }
        return encoded;
    }

    /** Returns the change of the file, or says what contradicts what. */
    FileDiff with(List<Hunk> hunks) {
        if (hunks.isEmpty() && listed.isPresent()) {
            throw lines.fault(Fault.MALFORMED_HEADER, "The names of the file are there, but no hunk.");
        }
        listed.or(() -> titled).ifPresent(names -> judge(names, hunks));
        if (hunks.isEmpty() && binary == null && kind == Kind.MODIFIED) {
            if (oldMode == null || newMode == null) {
                throw lines.fault(Fault.MALFORMED_HEADER, "The header says nothing about the file.");
            }
            kind = Kind.MODE_ONLY;
        }
        Optional<DiffPath> before = name(from, HeaderName.Pair::before);
        Optional<DiffPath> after = name(to, HeaderName.Pair::after);
        try {
            return new FileDiff(
                    kind,
                    kind == Kind.ADDED ? Optional.empty() : before.or(() -> after),
                    kind == Kind.DELETED ? Optional.empty() : after.or(() -> before),
                    Optional.ofNullable(oldMode),
                    Optional.ofNullable(newMode),
                    Optional.ofNullable(blobs),
                    hunks,
                    Optional.ofNullable(binary));
        } catch (IllegalArgumentException e) {
            throw fault(Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** A side is no file if its name says so, or if it is as old as the epoch and has no lines. */
    private void judge(HeaderName.Pair names, List<Hunk> hunks) {
        if (names.before().noFile() || (names.before().noTime() && isEmpty(hunks, Side.BEFORE))) {
            is(Kind.ADDED);
        }
        if (names.after().noFile() || (names.after().noTime() && isEmpty(hunks, Side.AFTER))) {
            is(Kind.DELETED);
        }
    }

    private static boolean isEmpty(List<Hunk> hunks, Side side) {
        return hunks.size() == 1 && hunks.get(0).count(side) == 0;
    }

    /** Returns the name of one side; whoever reads another line than we do must not take it for another file. */
    private Optional<DiffPath> name(@Nullable DiffPath stated, Function<HeaderName.Pair, HeaderName> side) {
        List<DiffPath> names = Stream.of(
                        Optional.ofNullable(stated),
                        titled.flatMap(pair -> side.apply(pair).path()),
                        listed.flatMap(pair -> side.apply(pair).path()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (names.size() > 1) {
            throw fault("The header names two files where there is one: " + names + ".");
        }
        return names.stream().findFirst();
    }

    private DiffException fault(String message) {
        return new DiffException(Fault.MALFORMED_HEADER, number, message);
    }
}
