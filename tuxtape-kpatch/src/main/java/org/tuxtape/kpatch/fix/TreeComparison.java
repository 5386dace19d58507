package org.tuxtape.kpatch.fix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffPath;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.diff.FileMode;
import org.tuxtape.kpatch.internal.git.CorruptObjectException;
import org.tuxtape.kpatch.internal.git.GitObject.Type;
import org.tuxtape.kpatch.internal.git.ObjectName;

/** What changes between two trees of a repository, file by file, without looking for renamed ones. */
final class TreeComparison {
    private static final int DEEPEST = 64;
    private static final int MOST_FILES = 10_000;
    private static final String DIRECTORY = "40000";
    private static final String SUBMODULE = "160000";

    /** Gives the content of objects. */
    interface Objects {
        byte[] read(ObjectName id, Type type) throws IOException;
    }

    private record Entry(String mode, ObjectName id) {
        boolean isDirectory() {
            return mode.equals(DIRECTORY);
        }
    }

    private final Objects objects;
    private final CancellationToken cancellation;
    private final List<FileDiff> files = new ArrayList<>();
    private long length;

    private TreeComparison(Objects objects, CancellationToken cancellation) {
        this.objects = objects;
        this.cancellation = cancellation;
    }

    /** Compares two trees; without an older one everything is new. */
    static List<FileDiff> of(
            Optional<ObjectName> older, ObjectName newer, Objects objects, CancellationToken cancellation)
            throws IOException {
        TreeComparison comparison = new TreeComparison(objects, cancellation);
        if (!older.equals(Optional.of(newer))) {
            comparison.compareTrees("", older, Optional.of(newer), 0);
        }
        return comparison.files;
    }

    private void compareTrees(String path, Optional<ObjectName> older, Optional<ObjectName> newer, int depth)
            throws IOException {
        if (depth > DEEPEST) {
            throw new UnusableCommitException("has directories that are too deep");
        }
        Map<String, Entry> before = entries(older);
        Map<String, Entry> after = entries(newer);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            cancellation.throwIfCancelled();
            Optional<Entry> one = Optional.ofNullable(before.get(name));
            Optional<Entry> other = Optional.ofNullable(after.get(name));
            if (one.equals(other)) {
                continue;
            }
            if (name.endsWith("/")) {
                compareTrees(path + name, one.map(Entry::id), other.map(Entry::id), depth + 1);
            } else {
                compareFiles(path + name, one, other);
            }
        }
    }

    private void compareFiles(String path, Optional<Entry> older, Optional<Entry> newer) throws IOException {
        if (Stream.of(older, newer)
                .flatMap(Optional::stream)
                .anyMatch(entry -> entry.mode().equals(SUBMODULE))) {
            throw new UnusableCommitException("changes the submodule " + path);
        }
        for (FileDiff file : FileComparison.between(new DiffPath(path), version(older), version(newer), cancellation)) {
            length += file.toText().length();
            files.add(file);
        }
        if (files.size() > MOST_FILES || length > Diff.LONGEST) {
            throw new UnusableCommitException("changes more than a diff may have");
        }
    }

    private Optional<FileVersion> version(Optional<Entry> entry) throws IOException {
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        ObjectName id = entry.get().id();
        FileMode mode = mode(entry.get().mode());
        return Optional.of(new FileVersion(mode, Optional.of(id.toString()), objects.read(id, Type.BLOB)));
    }

    private static FileMode mode(String octal) throws IOException {
        try {
            return new FileMode(octal);
        } catch (IllegalArgumentException e) {
            throw new CorruptObjectException("a tree with a file of the mode " + octal);
        }
    }

    /** Returns the entries by name; those of directories end in a slash, as git sorts them. */
    private Map<String, Entry> entries(Optional<ObjectName> tree) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        if (tree.isEmpty()) {
            return entries;
        }
        String text = new String(objects.read(tree.get(), Type.TREE), StandardCharsets.ISO_8859_1);
        int position = 0;
        while (position < text.length()) {
            int space = text.indexOf(' ', position);
            int zero = text.indexOf('\0', space + 1);
            int end = zero + 1 + ObjectName.LENGTH;
            if (space < 0 || zero <= space + 1 || end > text.length()) {
                throw new CorruptObjectException("the tree " + tree.get() + ", which cannot be read");
            }
            Entry entry = new Entry(text.substring(position, space), ObjectName.of(text.substring(zero + 1, end)));
            entries.put(text.substring(space + 1, zero) + (entry.isDirectory() ? "/" : ""), entry);
            position = end;
        }
        return entries;
    }
}
