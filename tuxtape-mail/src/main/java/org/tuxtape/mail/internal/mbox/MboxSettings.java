package org.tuxtape.mail.internal.mbox;

import java.time.Duration;
import java.util.Optional;
import org.tuxtape.mail.internal.expand.ExpansionLimits;

/**
 * How an mbox is read.
 *
 * @param quoting how all messages are quoted; empty if each one tells by the line above it
 * @param limits how far the archive may expand
 * @param settling how long an archive was left alone if its last message is whole
 */
public record MboxSettings(Optional<Quoting> quoting, ExpansionLimits limits, Duration settling) {}
