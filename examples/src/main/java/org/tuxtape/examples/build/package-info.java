/** Commands that make livepatches: lint, build, and the store of what was built. */
package org.tuxtape.examples.build;
