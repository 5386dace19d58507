package org.tuxtape.profile.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * An immutable set of many names, kept as one run of bytes: a kernel's source has 90,000 paths, and its symbol table as
 * many names.
 */
public final class NameSet {
    private final byte[] bytes;
    private final int[] ends;

    private NameSet(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    static NameSet of(Collection<String> names) {
        byte[][] sorted = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .sorted(Arrays::compare)
                .toArray(byte[][]::new);
        int total = 0;
        for (byte[] name : sorted) {
            total += name.length;
        }
        byte[] bytes = new byte[total];
        int[] ends = new int[sorted.length];
        int at = 0;
        for (int i = 0; i < sorted.length; i++) {
            System.arraycopy(sorted[i], 0, bytes, at, sorted[i].length);
            at += sorted[i].length;
            ends[i] = at;
        }
        return new NameSet(bytes, ends);
    }

    boolean contains(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = ends.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = middle == 0 ? 0 : ends[middle - 1];
            int order = Arrays.compare(bytes, start, ends[middle], wanted, 0, wanted.length);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Returns the names, ordered as bytes. */
    List<String> names() {
        List<String> names = new ArrayList<>(ends.length);
        int start = 0;
        for (int end : ends) {
            names.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
            start = end;
        }
        return names;
    }

    int size() {
        return ends.length;
    }

    boolean isEmpty() {
        return ends.length == 0;
    }
}
