package org.tuxtape.profile.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Finds the code that units include as text, as {@code kernel/sched/build_policy.c} does with {@code rt.c}: without a
 * compiler's record it looks as if it were left out. Conditions are not looked at, so what is found may be used, and
 * what is not found is not, short of names that macros put together.
 *
 * <p>Quoted names are looked up beside the file, as a compiler does first; all others by their last part, anywhere.
 */
final class InclusionScan {
    private static final int LARGEST = 8 << 20;
    private static final String INCLUDE = "include";
    private static final int PROGRESS = 256;

    private final Path directory;
    private final NameSet files;

    InclusionScan(Path directory, NameSet files) {
        this.directory = directory;
        this.files = files;
    }

    /** Returns the sources that units name, directly or by way of files beside them. */
    Set<String> mentioned(CompiledUnits compiled, Task task) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        compiled.units().forEach(unit -> open.add(unit.path().text()));
        seen.addAll(open);
        Set<String> mentioned = new TreeSet<>();
        Set<String> names = new HashSet<>();
        int done = 0;
        for (String file = open.poll(); file != null; file = open.poll()) {
            for (String included : inclusions(file)) {
                String beside =
                        CommandPaths.absolute(included, "/" + parent(file)).substring(1);
                if (files.contains(beside)) {
                    if (isCode(beside)) {
                        mentioned.add(beside);
                    }
                    if (seen.add(beside)) {
                        open.add(beside);
                    }
                } else if (isCode(included)) {
                    names.add(included.substring(included.lastIndexOf('/') + 1));
                }
            }
            if (++done % PROGRESS == 0) {
                task.throwIfCancelled();
            }
        }
        if (!names.isEmpty()) {
            files.names().stream()
                    .filter(file -> names.contains(file.substring(file.lastIndexOf('/') + 1)))
                    .forEach(mentioned::add);
        }
        return mentioned;
    }

    private static String parent(String file) {
        return file.substring(0, Math.max(file.lastIndexOf('/'), 0));
    }

    private static boolean isCode(String file) {
        return file.endsWith(".c") || file.endsWith(".S") || file.endsWith(".rs");
    }

    /** Returns the names in the file's {@code #include} lines; none if it cannot be read. */
    private Set<String> inclusions(String file) {
        Set<String> found = new TreeSet<>();
        if (SourcePath.tryParse(file).isEmpty() || !files.contains(file)) {
            return found;
        }
        Path path = directory.resolve(file);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return found;
        }
        try (InputStream in = Files.newInputStream(path)) {
            scan(new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1), found);
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    static void scan(String text, Set<String> found) {
        for (int at = text.indexOf(INCLUDE); at >= 0; at = text.indexOf(INCLUDE, at + 1)) {
            int hash = at - 1;
            while (hash >= 0 && isBlank(text.charAt(hash))) {
                hash--;
            }
            int open = at + INCLUDE.length();
            while (open < text.length() && isBlank(text.charAt(open))) {
                open++;
            }
            if (hash < 0 || text.charAt(hash) != '#' || open >= text.length()) {
                continue;
            }
            char close = text.charAt(open) == '"' ? '"' : text.charAt(open) == '<' ? '>' : 0;
            int end = close == 0 ? -1 : text.indexOf(close, open + 1);
            if (end > open + 1 && text.substring(open + 1, end).indexOf('\n') < 0) {
                found.add(text.substring(open + 1, end));
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
