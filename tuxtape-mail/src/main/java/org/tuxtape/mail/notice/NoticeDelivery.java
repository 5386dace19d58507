package org.tuxtape.mail.notice;

import java.util.List;
import org.tuxtape.core.pipeline.Notice;

/**
 * What became of a run's notices. What could not be sent at all is a {@link NoticeException}.
 *
 * @param told those that a server took for somebody; none if all had been told before, and no mail was sent
 * @param refused the addresses that the server does not take mail for
 * @since 0.1
 */
public record NoticeDelivery(List<Notice> told, List<String> refused) {

    /** Copies the lists. */
    public NoticeDelivery {
        told = List.copyOf(told);
        refused = List.copyOf(refused);
    }
}
