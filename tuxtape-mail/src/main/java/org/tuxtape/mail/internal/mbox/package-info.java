/** Archives as messages: where each begins, how it is quoted, and how to find it again. Not exported. */
package org.tuxtape.mail.internal.mbox;
