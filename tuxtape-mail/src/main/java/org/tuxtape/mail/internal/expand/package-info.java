/** Archives as bytes: where they come from, what they are compressed with, and how far they may expand. Not exported. */
package org.tuxtape.mail.internal.expand;
