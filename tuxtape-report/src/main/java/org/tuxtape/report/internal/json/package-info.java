/** The run as JSON. */
package org.tuxtape.report.internal.json;
