import org.jspecify.annotations.NullMarked;

/**
 * Contract tests, fakes and fault wrappers for those who implement or use an interface of tuxtape.
 *
 * <p>An implementer extends one class per interface and is told by name which rule it breaks:
 *
 * <pre>{@code
 * final class MyPrioritizerTest extends PrioritizerContract {
 *     @Override
 *     protected Prioritizer prioritizer() {
 *         return new MyPrioritizer();
 *     }
 * }
 * }</pre>
 *
 * <p>It needs JUnit Jupiter. Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@NullMarked
module org.tuxtape.testkit {
    requires static org.jspecify;
    requires transitive org.tuxtape.core;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports org.tuxtape.testkit;
    exports org.tuxtape.testkit.contract;
    exports org.tuxtape.testkit.fake;
    exports org.tuxtape.testkit.fault;
    exports org.tuxtape.testkit.kernel;
    exports org.tuxtape.testkit.sample;

    // JUnit runs the tests of the contracts, which no implementer has to see.
    opens org.tuxtape.testkit.contract to
            org.junit.platform.commons;
}
