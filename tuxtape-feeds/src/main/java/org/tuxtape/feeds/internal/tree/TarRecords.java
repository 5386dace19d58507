package org.tuxtape.feeds.internal.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import org.tuxtape.feeds.internal.record.Content;
import org.tuxtape.feeds.internal.record.RecordFiles;

/**
 * The records of a tar in its order. The files of one CVE lie side by side in any archive that was sorted, as git's are:
 * so a record is complete when a file of another CVE follows. Where they do not, the record stands without its pairs.
 */
final class TarRecords implements Records {
    private final TarInput tar;
    private final OptionalLong size;
    private @Nullable Member ahead;
    private @Nullable Group current;

    TarRecords(TarInput tar, OptionalLong size) {
        this.tar = tar;
        this.size = size;
    }

    private record Member(RecordPath path, long size, Content content) {}

    private record Group(Member json, Optional<Content> dyad, Optional<Content> cvss) {}

    @Override
    public boolean advance() {
        do {
            current = group();
        } while (current == null && ahead != null);
        if (current == null) {
            tar.checkEnd(); // only now: the last record is whole, whatever is behind it
        }
        return current != null;
    }

    /** Takes the members of one CVE, and one more; null if there is no record among them. */
    private @Nullable Group group() {
        Member first = ahead == null ? member() : ahead;
        ahead = null;
        if (first == null) {
            return null;
        }
        String stem = first.path().stem();
        Member json = null;
        Map<String, Content> beside = new HashMap<>();
        for (Member member = first; member != null; member = member()) {
            boolean other = !member.path().stem().equals(stem);
            boolean second = member.path().isJson() && json != null; // an archive that was appended to
            if (other || second) {
                ahead = member;
                break;
            }
            if (member.path().isJson()) {
                json = member;
            } else {
                beside.put(member.path().ending(), member.content());
            }
        }
        return json == null
                ? null
                : new Group(
                        json,
                        Optional.ofNullable(beside.get(RecordPath.DYAD)),
                        Optional.ofNullable(beside.get(RecordPath.CVSS)));
    }

    /** The next member that is a record, its pairs or its rating. */
    private @Nullable Member member() {
        for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
            Optional<RecordPath> path = RecordPath.tryParse(entry.getName());
            if (path.isPresent() && isFile(entry)) {
                return new Member(path.get(), entry.getSize(), tar.content());
            }
        }
        return null;
    }

    private static boolean isFile(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
    }

    private Group current() {
        return Objects.requireNonNull(current);
    }

    @Override
    public RecordPath path() {
        return current().json().path();
    }

    @Override
    public long size() {
        return current().json().size();
    }

    @Override
    public RecordFiles files() {
        RecordPath path = path();
        return new RecordFiles(
                path.id(),
                path.isRejected(),
                current().json().content(),
                current().dyad(),
                current().cvss());
    }

    @Override
    public OptionalLong total() {
        return size;
    }

    @Override
    public long done() {
        return tar.consumed();
    }

    @Override
    public String unit() {
        return "bytes";
    }

    @Override
    public void close() {
        tar.close();
    }
}
