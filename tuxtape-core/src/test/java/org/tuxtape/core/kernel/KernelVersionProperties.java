package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KernelVersionProperties {

    @Property
    void whatIsPrintedIsReadBack(@ForAll("versions") KernelVersion version) {
        assertThat(KernelVersion.parse(version.toString())).isEqualTo(version);
    }

    @Property
    void whateverNumbersAVersionTakesItsTextIsReadBack(
            @ForAll("numbers") int major,
            @ForAll("numbers") int minor,
            @ForAll("numbers") int stable,
            @ForAll("numbers") int candidate) {
        Optional<KernelVersion> version = version(major, minor, stable, OptionalInt.of(candidate));
        Assume.that(version.isPresent());

        assertThat(version.flatMap(made -> KernelVersion.tryParse(made.toString())))
                .isEqualTo(version);
    }

    @Property
    void theOrderAgreesWithEqualsAndIsAntisymmetric(
            @ForAll("versions") KernelVersion one, @ForAll("versions") KernelVersion other) {
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
        assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
    }

    @Property
    void theOrderIsTransitive(
            @ForAll("versions") KernelVersion one,
            @ForAll("versions") KernelVersion two,
            @ForAll("versions") KernelVersion three) {
        if (one.compareTo(two) <= 0 && two.compareTo(three) <= 0) {
            assertThat(one).isLessThanOrEqualTo(three);
        }
    }

    @Property
    void betweenACandidateAndItsReleaseStandsNoOtherRelease(
            @ForAll("versions") KernelVersion candidate, @ForAll("versions") KernelVersion any) {
        Assume.that(candidate.candidate().isPresent());
        KernelVersion release = released(candidate);
        KernelVersion other = released(any);

        assertThat(candidate).isLessThan(release);
        assertThat(other.compareTo(candidate) < 0).isEqualTo(other.compareTo(release) < 0);
    }

    @Property
    void everyVersionIsReachableFromItselfAndFromNothingOlder(
            @ForAll("versions") KernelVersion change, @ForAll("versions") KernelVersion kernel) {
        assertThat(change.isReachableFrom(change)).isTrue();
        if (change.isReachableFrom(kernel)) {
            assertThat(change).isLessThanOrEqualTo(kernel);
        }
    }

    @Property
    void whatReachesAVersionReachesAllThatThisVersionReaches(
            @ForAll("versions") KernelVersion one,
            @ForAll("versions") KernelVersion two,
            @ForAll("versions") KernelVersion three) {
        if (one.isReachableFrom(two) && two.isReachableFrom(three)) {
            assertThat(one.isReachableFrom(three)).isTrue();
        }
    }

    @Property
    void theBranchOfABranchIsItself(@ForAll("versions") KernelVersion version) {
        KernelVersion branch = version.branch();

        assertThat(branch.branch()).isEqualTo(branch);
        assertThat(branch.isMainline()).isTrue();
        assertThat(version.isOnBranchOf(branch)).isTrue();
    }

    @Property
    void noTextMakesReadingThrow(@ForAll String text) {
        assertThat(KernelVersion.tryParse(text)).isNotNull();
    }

    @Property
    void noTextThatLooksLikeAVersionMakesReadingThrow(@ForAll("almostVersions") String text) {
        KernelVersion.tryParse(text)
                .ifPresent(version ->
                        assertThat(KernelVersion.parse(version.toString())).isEqualTo(version));
    }

    private static Optional<KernelVersion> version(int major, int minor, int stable, OptionalInt candidate) {
        try {
            return Optional.of(new KernelVersion(major, minor, 0, stable, candidate));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static KernelVersion released(KernelVersion version) {
        return new KernelVersion(
                version.major(), version.minor(), version.third(), version.stable(), OptionalInt.empty());
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.oneOf(Arbitraries.integers().between(0, 100), Arbitraries.integers());
    }

    @Provide
    Arbitrary<String> almostVersions() {
        return Arbitraries.strings().withChars("0123456789.-rcv").ofMaxLength(40);
    }

    /** Few numbers, so that equal and neighbouring versions are common. */
    @Provide
    Arbitrary<KernelVersion> versions() {
        Arbitrary<Integer> stable = Arbitraries.integers().between(0, 3);
        Arbitrary<OptionalInt> candidate = Arbitraries.integers()
                .between(0, 3)
                .map(number -> number == 0 ? OptionalInt.empty() : OptionalInt.of(number));
        Arbitrary<KernelVersion> old = Combinators.combine(
                        Arbitraries.integers().between(12, 14), stable, candidate)
                .as((third, fourth, rc) -> new KernelVersion(2, 6, third, fourth, rc));
        Arbitrary<KernelVersion> today = Combinators.combine(
                        Arbitraries.integers().between(3, 4),
                        Arbitraries.integers().between(0, 3),
                        stable,
                        candidate)
                .as((major, minor, third, rc) -> new KernelVersion(major, minor, 0, third, rc));
        return Arbitraries.oneOf(old, today);
    }
}
