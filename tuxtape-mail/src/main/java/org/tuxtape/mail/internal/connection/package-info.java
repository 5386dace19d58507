/** Connections to mail servers that never wait for ever, and the way to the mail library's providers. */
package org.tuxtape.mail.internal.connection;
