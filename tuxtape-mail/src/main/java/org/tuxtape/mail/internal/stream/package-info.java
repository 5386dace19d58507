/** What the streams of all mail sources share: asking for mails one by one, telling how far it is, and ending. Not exported. */
package org.tuxtape.mail.internal.stream;
