/** The parts of the page, from its head to the last CVE. */
package org.tuxtape.report.internal.page;
