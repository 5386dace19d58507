/**
 * CVE announcements from mail archives. {@link org.tuxtape.mail.MboxSource} is the entry.
 *
 * @since 0.1
 */
package org.tuxtape.mail;
