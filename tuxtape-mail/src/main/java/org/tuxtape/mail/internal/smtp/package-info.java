/** Mail that is written and handed to a server. Not exported. */
package org.tuxtape.mail.internal.smtp;
