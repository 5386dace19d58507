/**
 * The rules of the interfaces as tests. An implementer extends a contract and hands in its subject; each test bears the
 * name of the rule that it checks. Where the subject lacks what a test needs, the test is aborted and says why.
 *
 * @since 0.1
 */
package org.tuxtape.testkit.contract;
