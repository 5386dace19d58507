/**
 * What a C source file defines, and where.
 *
 * @since 0.1
 */
package org.tuxtape.core.source;
