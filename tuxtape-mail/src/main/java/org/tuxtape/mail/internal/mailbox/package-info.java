/** Mailboxes on servers: connections, which of their messages are new, and what to do when one breaks. Not exported. */
package org.tuxtape.mail.internal.mailbox;
