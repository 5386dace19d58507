package org.tuxtape.profile.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of vmlinux, from {@code System.map}: lines of address, type and name, where {@code T} and {@code t} are
 * code. Suffixes that the compiler appends to the pieces and copies of a function ({@code .isra.0},
 * {@code .constprop.0}, {@code .part.0}, {@code .cold}) are dropped.
 */
public record SystemMap(NameSet functions) {
    /** Reads the one of a build tree; distributions ship a placeholder, which counts as none. */
    static Optional<SystemMap> find(TreeFiles tree) {
        return tree.bytes("System.map").map(SystemMap::parse).filter(map -> !map.isPlaceholder());
    }

    static SystemMap parse(byte[] text) {
        Set<String> names = new HashSet<>();
        int start = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || text[i] == '\n') {
                add(text, start, i, names);
                start = i + 1;
            }
        }
        List<String> sorted = new ArrayList<>(names);
        return new SystemMap(NameSet.of(sorted));
    }

    private static void add(byte[] text, int start, int end, Set<String> names) {
        int type = start;
        while (type < end && text[type] != ' ') {
            type++;
        }
        int name = type + 3;
        if (name >= end || text[type + 2] != ' ' || !isCode(text[type + 1])) {
            return;
        }
        int to = name;
        while (to < end && text[to] != '.' && text[to] > ' ') {
            to++;
        }
        if (to > name) {
            names.add(new String(text, name, to - name, StandardCharsets.UTF_8));
        }
    }

    private static boolean isCode(byte type) {
        return type == 'T' || type == 't' || type == 'W' || type == 'w';
    }

    boolean hasFunction(String name) {
        return functions.contains(name);
    }

    /** Tells whether this is a real table: distributions ship a one-line placeholder. */
    boolean isPlaceholder() {
        return functions.isEmpty();
    }
}
