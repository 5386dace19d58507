package org.tuxtape.core.kernel;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the upstream kernel: a mainline release ({@code 6.8}, before 3.0 {@code 2.6.12}), a release candidate
 * ({@code 6.8-rc1}) or a stable release of a mainline one ({@code 6.8.3}, {@code 2.6.12.4}).
 *
 * <p>Ordered as the kernel's makefiles count: {@code 6.7.12 < 6.8-rc1 < 6.8 < 6.8.1}. The order is one of numbers, not
 * of history: a stable release does not contain all that came into an older mainline release after its branch left.
 * {@link #isReachableFrom} answers that question.
 *
 * @param major the first number
 * @param minor the second number
 * @param third the third number of a mainline release before 3.0, as 12 in 2.6.12; 0 from 3.0 on
 * @param stable the number of the stable release on its branch, 0 for mainline
 * @param candidate the number of the release candidate, from 1; empty for a release
 * @since 0.1
 */
public record KernelVersion(int major, int minor, int third, int stable, OptionalInt candidate)
        implements Comparable<KernelVersion> {

    // Six digits are more than any kernel ever had, and keep arithmetic far from overflow.
    private static final Pattern SYNTAX =
            Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:-rc(\\d{1,6}))?");
    private static final int LARGEST = 999_999;
    private static final int FIRST_WITH_TWO_NUMBERS = 3;
    /** Rejects numbers below 0 or above 999,999, a candidate 0, and a third mainline number from 3.0 on. */
    public KernelVersion {
        Objects.requireNonNull(candidate, "candidate");
        int rc = candidate.orElse(1);
        if (!isNumber(major) || !isNumber(minor) || !isNumber(third) || !isNumber(stable) || !isNumber(rc) || rc == 0) {
            throw new IllegalArgumentException("The numbers of a kernel version lie between 0 and " + LARGEST
                    + ", and candidates are counted from 1.");
        }
        if (major >= FIRST_WITH_TWO_NUMBERS && third != 0) {
            throw new IllegalArgumentException("Mainline releases from 3.0 on have two numbers.");
        }
    }

    /**
     * Reads a version as the kernel's tags and records spell it, without the leading {@code v}.
     *
     * @param text for example {@code 6.8-rc1}, {@code 5.10.261}, {@code 2.6.32.71}; {@code 5.10.0} is {@code 5.10}
     * @return the version
     * @throws IllegalArgumentException if the text is none
     */
    public static KernelVersion parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("Not a kernel version: '" + text + "'."));
    }

    /**
     * Reads a version, as {@link #parse} does.
     *
     * @param text any text
     * @return the version, or empty if the text is none
     */
    public static Optional<KernelVersion> tryParse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        int third = number(matcher.group(3)).orElse(0);
        OptionalInt fourth = number(matcher.group(4));
        OptionalInt candidate = number(matcher.group(5));
        boolean threeNumbers = major < FIRST_WITH_TWO_NUMBERS;
        if (candidate.orElse(1) < 1 || (!threeNumbers && fourth.isPresent())) {
            return Optional.empty();
        }
        return Optional.of(
                threeNumbers
                        ? new KernelVersion(major, minor, third, fourth.orElse(0), candidate)
                        : new KernelVersion(major, minor, 0, third, candidate));
    }

    private static boolean isNumber(int number) {
        return number >= 0 && number <= LARGEST;
    }

    private static OptionalInt number(String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    /**
     * Tells whether this version was made on mainline: a release {@code x.y} or one of its candidates.
     *
     * @return {@code false} for a stable release
     */
    public boolean isMainline() {
        return stable == 0;
    }

    /**
     * Returns the mainline release that this version's branch grows from.
     *
     * @return {@code 6.8} for {@code 6.8-rc1}, {@code 6.8} and {@code 6.8.3}
     */
    public KernelVersion branch() {
        return new KernelVersion(major, minor, third, 0, OptionalInt.empty());
    }

    /**
     * Tells whether both versions belong to one {@code x.y} branch.
     *
     * @param other another version
     * @return whether their {@link #branch()} is equal
     */
    public boolean isOnBranchOf(KernelVersion other) {
        return major == other.major && minor == other.minor && third == other.third;
    }

    /**
     * Tells whether a change that first appeared in this version is part of the given kernel: one of mainline if the
     * kernel is not older, one of a stable branch only for a kernel of that branch that is not older. This is how the
     * kernel CNA's own tools judge ancestry from version numbers.
     *
     * @param kernel the kernel looked at
     * @return whether history leads from this version to the kernel
     */
    public boolean isReachableFrom(KernelVersion kernel) {
        return compareTo(kernel) <= 0 && (isMainline() || isOnBranchOf(kernel));
    }

    @Override
    public int compareTo(KernelVersion other) {
        // Every CVE asks this some dozen times per kernel, so no comparators are chained.
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        order = order != 0 ? order : Integer.compare(third, other.third);
        order = order != 0 ? order : Integer.compare(stable, other.stable);
        return order != 0
                ? order
                : Integer.compare(candidate.orElse(Integer.MAX_VALUE), other.candidate.orElse(Integer.MAX_VALUE));
    }

    /**
     * Returns the version as tags and records spell it.
     *
     * @return text that {@link #parse} reads back
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(major).append('.').append(minor);
        if (major < FIRST_WITH_TWO_NUMBERS) {
            text.append('.').append(third);
        }
        if (stable > 0) {
            text.append('.').append(stable);
        }
        candidate.ifPresent(number -> text.append("-rc").append(number));
        return text.toString();
    }
}
