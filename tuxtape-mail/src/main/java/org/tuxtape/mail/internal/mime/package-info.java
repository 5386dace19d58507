/** Mails as text: header fields, parts, encodings and charsets. Not exported. */
package org.tuxtape.mail.internal.mime;
