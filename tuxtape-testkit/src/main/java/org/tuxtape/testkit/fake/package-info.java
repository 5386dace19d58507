/**
 * In-memory stand-ins for every interface, which do what a test tells them to.
 *
 * <p>They are strict: where a test asks for what it did not set up, an {@link AssertionError} names it. {@code
 * relaxed()} makes them give the answer that the interface has for "nothing known" instead, and so keep its contract.
 * {@link org.tuxtape.testkit.fake.FakeBuildProfile} has no such switch: "unknown" is what it says of everything else.
 *
 * @since 0.1
 */
package org.tuxtape.testkit.fake;
