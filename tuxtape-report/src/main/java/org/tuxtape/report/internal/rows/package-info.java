/** A run seen by CVE instead of by kernel. */
package org.tuxtape.report.internal.rows;
