/** Texts as news of CVEs: the form that the kernel CNA gives its mails. Not exported. */
package org.tuxtape.mail.internal.announcement;
