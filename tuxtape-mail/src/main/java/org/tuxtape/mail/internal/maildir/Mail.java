package org.tuxtape.mail.internal.maildir;

import java.nio.file.Path;

/**
 * A mail in a folder.
 *
 * @param delivery when it came
 * @param file where it lay when the folder was listed
 * @param changed when its file was last put there or renamed, in microseconds since 1970
 */
record Mail(Delivery delivery, Path file, long changed) {}
