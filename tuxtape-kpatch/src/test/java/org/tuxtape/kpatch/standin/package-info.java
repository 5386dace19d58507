/**
 * Scripted stand-ins of kpatch-build and klp-build, a small kernel tree for them to work on, and fixes for its files. They
 * need bash, make, patch and gawk, and take tenths of seconds.
 */
package org.tuxtape.kpatch.standin;
