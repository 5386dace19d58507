/** What several packages of this module need and nobody else does. Not exported. */
package org.tuxtape.core.internal;
