package org.tuxtape.core.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Unmodifiable copies in natural order, whatever the order of the original. */
public final class Sorted {
    private Sorted() {}

    /**
     * Copies a collection.
     *
     * @param <T> its elements
     * @param elements the original
     * @return its elements, each once
     */
    public static <T extends Comparable<? super T>> SortedSet<T> set(Collection<? extends T> elements) {
        SortedSet<T> copy = new TreeSet<>();
        copy.addAll(elements);
        return Collections.unmodifiableSortedSet(copy);
    }

    /**
     * Copies a map.
     *
     * @param <K> its keys
     * @param <V> its values
     * @param entries the original
     * @return its entries
     */
    public static <K extends Comparable<? super K>, V> SortedMap<K, V> map(Map<? extends K, ? extends V> entries) {
        SortedMap<K, V> copy = new TreeMap<>();
        copy.putAll(entries);
        return Collections.unmodifiableSortedMap(copy);
    }
}
