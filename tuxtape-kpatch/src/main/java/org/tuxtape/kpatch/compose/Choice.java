package org.tuxtape.kpatch.compose;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Some of the candidates, by their place in the order. Immutable. */
final class Choice {
    private final BitSet places;

    private Choice(BitSet places) {
        this.places = places;
    }

    static Choice none() {
        return new Choice(new BitSet());
    }

    static Choice of(int place) {
        return of(List.of(place));
    }

    static Choice of(Collection<Integer> places) {
        BitSet set = new BitSet();
        places.forEach(set::set);
        return new Choice(set);
    }

    static Choice upTo(int end) {
        BitSet set = new BitSet();
        set.set(0, end);
        return new Choice(set);
    }

    Choice plus(Choice other) {
        BitSet set = (BitSet) places.clone();
        set.or(other.places);
        return new Choice(set);
    }

    Choice minus(Choice other) {
        BitSet set = (BitSet) places.clone();
        set.andNot(other.places);
        return new Choice(set);
    }

    Choice only(IntPredicate wanted) {
        BitSet set = new BitSet();
        places().filter(wanted).forEach(set::set);
        return new Choice(set);
    }

    /** Returns the first half of at least two. */
    Choice firstHalf() {
        BitSet set = new BitSet();
        places().limit(size() / 2).forEach(set::set);
        return new Choice(set);
    }

    IntStream places() {
        return places.stream();
    }

    int size() {
        return places.cardinality();
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    boolean contains(int place) {
        return places.get(place);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Choice choice && places.equals(choice.places);
    }

    @Override
    public int hashCode() {
        return places.hashCode();
    }

    @Override
    public String toString() {
        return places.toString();
    }
}
