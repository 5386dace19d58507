package org.tuxtape.profile.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gives equal byte strings the same small number, from 0 on. A build names the same few thousand headers a million
 * times; this keeps one copy of each. For one thread at a time.
 */
final class TokenTable {
    private static final int FIRST_SLOTS = 1 << 12;

    private byte[] bytes = new byte[1 << 16];
    private int[] ends = new int[1 << 10];
    private int[] hashes = new int[1 << 10];
    private int size;
    /** Open addressing; a slot holds the number plus 1, and 0 is free. */
    private int[] slots = new int[FIRST_SLOTS];

    /** Returns the number of the bytes from {@code from} to before {@code to}. */
    int intern(byte[] source, int from, int to) {
        int hash = hash(source, from, to);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int token = slots[slot] - 1;
            if (hashes[token] == hash && Arrays.equals(bytes, start(token), ends[token], source, from, to)) {
                return token;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(source, from, to, hash);
    }

    int size() {
        return size;
    }

    /** Returns the bytes of a number as text; bytes that are no UTF-8 become the replacement character. */
    String text(int token) {
        int start = start(token);
        return new String(bytes, start, ends[token] - start, StandardCharsets.UTF_8);
    }

    private int add(byte[] source, int from, int to, int hash) {
        if (size * 2 >= slots.length) {
            growSlots();
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        int start = size == 0 ? 0 : ends[size - 1];
        int end = start + (to - from);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        System.arraycopy(source, from, bytes, start, to - from);
        ends[size] = end;
        hashes[size] = hash;
        slots[freeSlot(hash)] = size + 1;
        return size++;
    }

    private void growSlots() {
        slots = new int[slots.length * 2];
        for (int token = 0; token < size; token++) {
            slots[freeSlot(hashes[token])] = token + 1;
        }
    }

    private int freeSlot(int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int start(int token) {
        return token == 0 ? 0 : ends[token - 1];
    }

    private static int hash(byte[] source, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + source[i];
        }
        return hash ^ (hash >>> 15);
    }
}
