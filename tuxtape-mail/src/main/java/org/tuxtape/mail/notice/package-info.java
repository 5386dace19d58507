/**
 * Mail to the people in charge: what of a run they want to be told of, once.
 *
 * @since 0.1
 */
package org.tuxtape.mail.notice;
