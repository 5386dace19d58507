package org.tuxtape.feeds.internal.tree;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.tuxtape.feeds.internal.record.Content;
import org.tuxtape.feeds.internal.record.RecordFiles;

/** The records of a store, by CVE. */
final class StoredRecords implements Records {
    private final Store store;
    private final Faults faults;
    private final List<Store.Listed> records;
    private int next;

    StoredRecords(Store store, Faults faults) {
        this.store = store;
        this.faults = faults;
        this.records = store.list().stream()
                .sorted(Comparator.comparing(Store.Listed::path, RecordPath.ORDER))
                .toList();
    }

    @Override
    public boolean advance() {
        next = Math.min(next + 1, records.size() + 1);
        return next <= records.size();
    }

    private Store.Listed current() {
        return records.get(next - 1);
    }

    @Override
    public RecordPath path() {
        return current().path();
    }

    @Override
    public long size() {
        return current().size();
    }

    @Override
    public RecordFiles files() {
        RecordPath path = path();
        Content json = store.read(path.text()).orElseThrow(() -> faults.changed(path.text()));
        return new RecordFiles(
                path.id(),
                path.isRejected(),
                json,
                store.read(path.withEnding(RecordPath.DYAD).text()),
                store.read(path.withEnding(RecordPath.CVSS).text()));
    }

    @Override
    public OptionalLong total() {
        return OptionalLong.of(records.size());
    }

    @Override
    public long done() {
        return Math.min(next, records.size());
    }

    @Override
    public String unit() {
        return "records";
    }

    @Override
    public void close() {
        store.close();
    }
}
