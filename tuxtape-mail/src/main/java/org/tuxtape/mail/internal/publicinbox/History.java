package org.tuxtape.mail.internal.publicinbox;

import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectId;

/** The commits of an epoch and what each did, newest first, in some forty bytes each. */
final class History {
    private static final int BYTES = 20;

    private byte[] commits = new byte[BYTES * 64];
    private byte[] blobs = new byte[BYTES * 64];
    private Entry.Kind[] kinds = new Entry.Kind[64];
    private int size;

    void add(Entry entry) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size + size / 2);
            commits = Arrays.copyOf(commits, kinds.length * BYTES);
            blobs = Arrays.copyOf(blobs, kinds.length * BYTES);
        }
        entry.commit().copyRawTo(commits, size * BYTES);
        entry.blob().copyRawTo(blobs, size * BYTES);
        kinds[size++] = entry.kind();
    }

    int size() {
        return size;
    }

    /** The entry at a place, counted from 0 and from the oldest. */
    Entry oldest(int place) {
        int index = size - 1 - place;
        return new Entry(
                kinds[index], ObjectId.fromRaw(commits, index * BYTES), ObjectId.fromRaw(blobs, index * BYTES));
    }
}
