package org.tuxtape.mail.internal.announcement;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.CveId;

/** Reads mails that take a CVE back. Subject and body have to agree: a rejection holds over all other news of a CVE. */
final class RejectionParser {
    private static final Pattern FACT =
            Pattern.compile("(CVE-\\d{4}-\\d+)\\s+has\\s+(?:now\\s+)?been\\s+rejected\\b[^.]*\\.?(.*)", Pattern.DOTALL);
    private static final String SIGNATURE = "-- ";

    private RejectionParser() {}

    static Announcement parse(CveId id, String title, MailLines lines) {
        int end = 0;
        while (end < lines.count() && !lines.startsWith(end, SIGNATURE)) {
            end++;
        }
        Matcher matcher = FACT.matcher(lines.between(0, end));
        if (!matcher.matches()) {
            return Announcement.Unreadable.because(
                    Optional.of(id), "Its subject says that the CVE was rejected, but its text does not begin so.");
        }
        if (!matcher.group(1).equals(id.toString())) {
            return Announcement.Unreadable.because(
                    Optional.of(id), "Its subject rejects " + id + ", but its text " + matcher.group(1) + ".");
        }
        String reason = matcher.group(2).strip();
        return new Announcement.Rejected(id, title, Optional.of(reason).filter(text -> !text.isEmpty()));
    }
}
