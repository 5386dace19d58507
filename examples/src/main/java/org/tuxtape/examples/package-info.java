/** The command line and the small examples that the README names. */
package org.tuxtape.examples;
