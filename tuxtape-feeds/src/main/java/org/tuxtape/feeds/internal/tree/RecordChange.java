package org.tuxtape.feeds.internal.tree;

import java.util.Comparator;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A record that is to be read in a commit, since a file of it is another than before or is new.
 *
 * @param path where it lies
 * @param files its files; without a record if the CVE has none any more
 */
record RecordChange(RecordPath path, Files files) {
    static final Comparator<RecordChange> ORDER = Comparator.comparing(RecordChange::path, RecordPath.ORDER);

    /** The files of a CVE as git's objects. */
    record Files(Optional<ObjectId> json, Optional<ObjectId> dyad, Optional<ObjectId> cvss) {
        static final Files NONE = new Files(Optional.empty(), Optional.empty(), Optional.empty());

        Files with(String ending, ObjectId blob) {
            return switch (ending) {
                case RecordPath.JSON -> new Files(Optional.of(blob), dyad, cvss);
                case RecordPath.DYAD -> new Files(json, Optional.of(blob), cvss);
                default -> new Files(json, dyad, Optional.of(blob));
            };
        }
    }
}
