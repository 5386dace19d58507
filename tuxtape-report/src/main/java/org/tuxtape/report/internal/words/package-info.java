/** How both forms say what a stage found, what remains and how long something took. */
package org.tuxtape.report.internal.words;
