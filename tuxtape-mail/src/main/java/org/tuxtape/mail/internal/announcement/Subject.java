package org.tuxtape.mail.internal.announcement;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.CveId;

/**
 * The subject line of a mail, as far as it says what the mail is about.
 *
 * @param kind what it announces
 * @param id the CVE that it names: at its beginning, or in a subject of another kind anywhere
 * @param title what follows the CVE; the whole subject if it does not begin with one
 */
record Subject(Kind kind, Optional<CveId> id, String title) {
    private static final Pattern ANNOUNCEMENT =
            Pattern.compile("(?:\\[[^\\]]*]\\s*){0,5}(REJECTED:\\s*)?(CVE-\\d{4}-\\d+)(?::\\s*(.*)|\\s*)");
    private static final Pattern REPLY =
            Pattern.compile("(?:re|aw|fwd?|fw|sv)(?:\\[\\d+])?:.*", Pattern.CASE_INSENSITIVE);

    enum Kind {
        /** It begins with a CVE. */
        PUBLISHED,
        /** It begins with {@code REJECTED:} and a CVE. */
        REJECTED,
        /** It answers or forwards another mail. */
        REPLY,
        /** Anything else. */
        OTHER
    }

    /** Tags that a list puts in brackets before a subject do not count. */
    static Subject parse(String text) {
        Matcher matcher = ANNOUNCEMENT.matcher(text);
        if (matcher.matches()) {
            Optional<CveId> id = CveId.tryParse(matcher.group(2));
            if (id.isPresent()) {
                Kind kind = matcher.group(1) == null ? Kind.PUBLISHED : Kind.REJECTED;
                String title = matcher.group(3);
                return new Subject(kind, id, title == null ? "" : title.strip());
            }
        }
        Kind kind = REPLY.matcher(text).matches() ? Kind.REPLY : Kind.OTHER;
        return new Subject(kind, CveMentions.first(text), text);
    }
}
