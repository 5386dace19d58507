package org.tuxtape.mail.internal.announcement;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;

/** What a mail of the announcement list says. */
public sealed interface Announcement {

    /** Returns the CVE that it is about, if it names one. */
    Optional<CveId> about();

    /** A CVE was assigned. */
    record Published(Cve cve, List<Remark> remarks) implements Announcement {
        public Published {
            remarks = List.copyOf(remarks);
        }

        @Override
        public Optional<CveId> about() {
            return Optional.of(cve.id());
        }
    }

    /** A CVE is none any more. */
    record Rejected(CveId id, String title, Optional<String> reason) implements Announcement {
        @Override
        public Optional<CveId> about() {
            return Optional.of(id);
        }
    }

    /** The mail is no announcement, or none that can be trusted. */
    record Unreadable(Optional<CveId> id, String reason, Optional<Excerpt> excerpt) implements Announcement {
        @Override
        public Optional<CveId> about() {
            return id;
        }

        static Unreadable because(Optional<CveId> id, String reason) {
            return new Unreadable(id, reason, Optional.empty());
        }

        static Unreadable at(Excerpt line, Optional<CveId> id, String reason) {
            return new Unreadable(id, reason, Optional.of(line));
        }
    }
}
