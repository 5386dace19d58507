package org.tuxtape.core.cve;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

/** Writes the elements of a catalog. {@link SnapshotReader} is its mirror: what changes here changes there. */
final class SnapshotWriter {
    static final int PUBLISHED = 1;
    static final int REJECTED = 2;
    static final int UNREADABLE = 3;

    private final DataOutputStream out;
    /** What was written before is named by its number: commits, versions, paths and sources come again and again. */
    private final Map<Object, Integer> pool = new HashMap<>();

    SnapshotWriter(DataOutputStream out) {
        this.out = out;
    }

    /** Writes one value. */
    @FunctionalInterface
    private interface Part<T> {
        void write(T value) throws IOException;
    }

    void write(CveCatalog catalog) throws IOException {
        int events = catalog.unreadable().size();
        for (CatalogEntry entry : catalog.entries()) {
            events += entry.history().size();
        }
        number(events);
        for (CatalogEntry entry : catalog.entries()) {
            for (CveEvent event : entry.history()) {
                event(event);
            }
        }
        for (CveEvent event : catalog.unreadable()) {
            event(event);
        }
        list(catalog.faults(), fault -> {
            shared(fault.source().text());
            shared(fault.fault().name());
            text(String.valueOf(fault.getMessage()));
        });
    }

    private void event(CveEvent event) throws IOException {
        if (event instanceof CveEvent.Published published) {
            head(PUBLISHED, event);
            cve(published.cve());
            list(published.remarks(), remark -> {
                shared(remark.reason());
                excerpt(remark.excerpt());
            });
        } else if (event instanceof CveEvent.Rejected rejected) {
            head(REJECTED, event);
            id(rejected.id());
            text(rejected.title());
            optional(rejected.reason(), this::text);
        } else if (event instanceof CveEvent.Unreadable unreadable) {
            head(UNREADABLE, event);
            optional(unreadable.id(), this::id);
            text(unreadable.reason());
            optional(unreadable.excerpt(), this::excerpt);
        }
    }

    private void head(int kind, CveEvent event) throws IOException {
        number(kind);
        Origin origin = event.origin();
        shared(origin.source().text());
        shared(origin.kind().name());
        text(origin.location());
        optional(origin.messageId(), this::text);
        optional(origin.date(), this::instant);
        authenticity(origin.authenticity());
        text(event.cursor().text());
    }

    private void authenticity(Authenticity authenticity) throws IOException {
        if (authenticity instanceof Authenticity.Unchecked) {
            number(0);
        } else if (authenticity instanceof Authenticity.Unsigned) {
            number(1);
        } else if (authenticity instanceof Authenticity.Valid valid) {
            number(2);
            shared(valid.key());
        } else if (authenticity instanceof Authenticity.Invalid invalid) {
            number(3);
            shared(invalid.reason());
        } else if (authenticity instanceof Authenticity.KeyUnknown unknown) {
            number(4);
            shared(unknown.key());
        }
    }

    private void cve(Cve cve) throws IOException {
        id(cve.id());
        text(cve.title());
        text(cve.description());
        list(cve.ranges(), this::range);
        list(cve.files(), this::path);
        optional(cve.cvss(), cvss -> {
            shared(cvss.vector().text());
            out.writeDouble(cvss.baseScore().orElse(-1));
            text(cvss.rationale());
        });
        list(cve.references(), this::text);
        list(cve.claims(), claim -> {
            shared(claim.place());
            list(claim.ranges(), this::range);
        });
        optional(cve.ssvc(), ssvc -> {
            shared(ssvc.exploitation().name());
            number(ssvc.automatable() ? 1 : 0);
            shared(ssvc.impact().name());
            shared(ssvc.by());
            optional(ssvc.decided(), this::instant);
        });
        list(cve.exploits(), this::text);
    }

    private void id(CveId id) throws IOException {
        number(id.year());
        out.writeLong(id.number());
    }

    private void range(AffectedRange range) throws IOException {
        optional(range.introduced(), this::change);
        optional(range.fixed(), this::change);
    }

    private void change(Change change) throws IOException {
        optional(change.version(), this::version);
        optional(change.commit(), this::commit);
    }

    private void version(KernelVersion version) throws IOException {
        if (isNew(version)) {
            text(version.toString());
        }
    }

    private void commit(CommitId commit) throws IOException {
        if (isNew(commit)) {
            text(commit.text());
        }
    }

    private void path(SourcePath path) throws IOException {
        if (isNew(path)) {
            text(path.text());
        }
    }

    private void shared(String text) throws IOException {
        if (isNew(text)) {
            text(text);
        }
    }

    /** Writes the number of a value; tells whether it was not written before and has to follow. */
    private boolean isNew(Object value) throws IOException {
        Integer known = pool.putIfAbsent(value, pool.size());
        number(known == null ? pool.size() - 1 : known);
        return known == null;
    }

    private void excerpt(Excerpt excerpt) throws IOException {
        number(excerpt.line());
        text(excerpt.text());
    }

    private void instant(Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private <T> void optional(Optional<T> value, Part<T> part) throws IOException {
        number(value.isPresent() ? 1 : 0);
        if (value.isPresent()) {
            part.write(value.get());
        }
    }

    private <T> void list(Collection<T> values, Part<T> part) throws IOException {
        number(values.size());
        for (T value : List.copyOf(values)) {
            part.write(value);
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.write(bytes);
    }

    /** Seven bits a byte, the lowest first. */
    private void number(int value) throws IOException {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
