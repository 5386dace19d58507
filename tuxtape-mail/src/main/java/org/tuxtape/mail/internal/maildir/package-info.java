/** Mail folders in which each mail is a file: which there are, in which order, and which of them are new. Not exported. */
package org.tuxtape.mail.internal.maildir;
