/** Signatures in mails as patatt makes them: what is signed, by which key, and whether it holds. Not exported. */
package org.tuxtape.mail.internal.signature;
