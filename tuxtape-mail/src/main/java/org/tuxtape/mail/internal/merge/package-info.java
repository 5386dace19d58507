/** Several sources as one: whose element comes next, and which were delivered before. Not exported. */
package org.tuxtape.mail.internal.merge;
