/** How build trees are read: acquisition ({@code TreeWalk}, {@code CmdReader}), parsers, and what follows from them. */
package org.tuxtape.profile.internal;
