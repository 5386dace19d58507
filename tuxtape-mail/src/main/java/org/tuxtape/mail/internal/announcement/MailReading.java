package org.tuxtape.mail.internal.announcement;

import java.time.Instant;
import java.util.Optional;

/**
 * A mail, read.
 *
 * @param messageId its Message-ID without angle brackets; empty if it has none
 * @param date its Date; empty if it has none that is understood
 * @param announcement what it says
 */
public record MailReading(Optional<String> messageId, Optional<Instant> date, Announcement announcement) {}
