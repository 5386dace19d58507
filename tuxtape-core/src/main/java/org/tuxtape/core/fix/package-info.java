/**
 * Where the fix of a CVE comes from: the contract that a build needs.
 *
 * @since 0.1
 */
package org.tuxtape.core.fix;
