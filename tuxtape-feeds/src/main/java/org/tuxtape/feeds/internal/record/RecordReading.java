package org.tuxtape.feeds.internal.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;

/** What one record says. */
public sealed interface RecordReading {

    /** When the record was last changed, as it says itself. */
    Optional<Instant> date();

    record Published(Cve cve, List<Remark> remarks, Optional<Instant> date) implements RecordReading {
        public Published {
            remarks = List.copyOf(remarks);
        }
    }

    record Rejected(CveId id, String title, Optional<String> reason, Optional<Instant> date) implements RecordReading {}

    /** It was not understood; the reason is one sentence. */
    record Unreadable(String reason, Optional<Excerpt> excerpt) implements RecordReading {
        @Override
        public Optional<Instant> date() {
            return Optional.empty();
        }
    }
}
