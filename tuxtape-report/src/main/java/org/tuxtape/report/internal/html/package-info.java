/** HTML as a stream of nested elements. */
package org.tuxtape.report.internal.html;
