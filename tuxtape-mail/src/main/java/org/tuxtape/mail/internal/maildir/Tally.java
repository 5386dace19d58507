package org.tuxtape.mail.internal.maildir;

import java.util.Collection;

/**
 * A set of mails, as far as two sets can be told apart by it.
 *
 * @param count how many they are
 * @param digest the digests of their names, each added bit by bit without carry
 */
record Tally(long count, long digest) {
    static final Tally NOTHING = new Tally(0, 0);

    static Tally of(Collection<Mail> mails) {
        Tally tally = NOTHING;
        for (Mail mail : mails) {
            tally = tally.with(mail);
        }
        return tally;
    }

    Tally with(Mail mail) {
        return new Tally(count + 1, digest ^ mail.delivery().digest());
    }

    /** What has to be put into the other set to make this one of it. */
    Tally minus(Tally other) {
        return new Tally(count - other.count, digest ^ other.digest);
    }
}
