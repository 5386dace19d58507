/** JMH benchmarks of tuxtape, and the table that sets them beside a peer and a floor. */
@NullMarked
package org.tuxtape.benchmarks;

import org.jspecify.annotations.NullMarked;
