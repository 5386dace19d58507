/**
 * Whether a mail was signed by whom a caller trusts: keys, and what becomes of a mail that was not.
 *
 * @since 0.1
 */
package org.tuxtape.mail.signature;
