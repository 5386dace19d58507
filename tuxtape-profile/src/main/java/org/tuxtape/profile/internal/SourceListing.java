package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of a source by directory, for what makefiles ask of it. */
final class SourceListing {
    private final Map<String, List<String>> directories = new HashMap<>();
    private final NameSet files;

    SourceListing(NameSet files) {
        this.files = files;
        for (String file : files.names()) {
            int slash = file.lastIndexOf('/');
            directories
                    .computeIfAbsent(slash < 0 ? "" : file.substring(0, slash), key -> new ArrayList<>())
                    .add(file.substring(slash + 1));
        }
    }

    boolean contains(String file) {
        return files.contains(file);
    }

    /** Returns the files that a pattern of the last part matches, as {@code wildcard} does. */
    String matching(String pattern) {
        if (pattern.contains(MakeExpander.UNKNOWN)) {
            return MakeExpander.UNKNOWN;
        }
        String normal = Makefile.normal(pattern);
        int slash = normal.lastIndexOf('/');
        String name = normal.substring(slash + 1);
        if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
            return contains(normal) || directories.containsKey(normal) ? pattern : "";
        }
        String prefix = pattern.substring(0, pattern.lastIndexOf('/') + 1);
        Pattern glob = Pattern.compile(
                "\\Q" + name.replace("\\E", "").replace("*", "\\E[^/]*\\Q").replace("?", "\\E.\\Q") + "\\E");
        TreeMap<String, String> found = new TreeMap<>();
        for (String file : directories.getOrDefault(slash < 0 ? "" : normal.substring(0, slash), List.of())) {
            if (glob.matcher(file).matches()) {
                found.put(file, prefix + file);
            }
        }
        return String.join(" ", found.values());
    }
}
