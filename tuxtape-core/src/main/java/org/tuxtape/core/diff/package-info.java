/**
 * Unified diffs: read strictly, matched against source text, applied and reversed.
 *
 * <p>All text here has one char per byte: decode what is read, and encode what is written, as
 * {@link java.nio.charset.StandardCharsets#ISO_8859_1}. So bytes of any character set come through as they are, and lines
 * are equal if their bytes are. A line ends with a line feed; a carriage return is part of it.
 *
 * @see <a href="https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html">Unified format</a>
 * @see <a href="https://git-scm.com/docs/diff-format">Git's format of patches</a>
 * @since 0.1
 */
package org.tuxtape.core.diff;
