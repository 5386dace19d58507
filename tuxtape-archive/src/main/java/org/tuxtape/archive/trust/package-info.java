/**
 * Whom a client of an archive trusts: keys, the roles that they stand for, and the root that says so.
 *
 * @since 0.1
 */
package org.tuxtape.archive.trust;
