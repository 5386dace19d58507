/** Archives of public-inbox: git repositories in which each commit is a message. Not exported. */
package org.tuxtape.mail.internal.publicinbox;
