package org.tuxtape.core.triage;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.Cve;

/**
 * What sort of bug a CVE is, by the words of its own text, from the worst to the mildest. The scores are our own estimate
 * of what such a bug lets an attacker do: they order the rows of this table and nothing more.
 */
enum Weakness {
    OUT_OF_BOUNDS_WRITE(85, "out[- ]of[- ]bounds? write|\\boob write"),
    BUFFER_OVERFLOW(80, "(?:buffer|heap) over(?:flow|run)"),
    USE_AFTER_FREE(80, "use[- ]after[- ]free|\\buaf\\b|dangling pointer"),
    DOUBLE_FREE(80, "double[- ]free"),
    TYPE_CONFUSION(80, "type confusion"),
    OUT_OF_BOUNDS(65, "(?:slab-|stack-|global-)?out[- ]of[- ]bounds?\\b|\\boob\\b"),
    REFCOUNT(60, "ref(?:erence )?count(?:ing|er)? (?:under|over)flow|refcount_t: (?:under|over)flow"),
    INTEGER_OVERFLOW(60, "integer (?:over|under)flow"),
    STACK_OVERFLOW(55, "stack overflow"),
    OUT_OF_BOUNDS_READ(55, "out[- ]of[- ]bounds? read|\\boob read|over-?read"),
    RACE(55, "race condition|data[- ]race|\\btoctou\\b"),
    INFORMATION_LEAK(
            50, "info(?:rmation)?[- ]leak|kernel-infoleak|leak\\w* (?:of )?(?:kernel )?(?:memory|data|stack) to user"),
    UNINITIALIZED(45, "uninit-value|uninitiali[sz]ed"),
    NULL_DEREFERENCE(40, "null[- ]p(?:tr|ointer)[- ]deref|(?:dereferenc|follow)\\w* (?:a |the )?null p(?:tr|ointer)"),
    CRASH(40, "kernel panic|\\bbug_on\\b|general protection fault"),
    DIVIDE_BY_ZERO(35, "divi(?:de|sion) by zero|divide error"),
    LOCKUP(35, "deadlock|(?:soft|hard) lockup|infinite loop|hung task"),
    RESOURCE_LEAK(25, "(?:memory|refcount|reference|resource|fd)[- ]leak|memleak"),
    WARNING(15, "\\bwarn(?:_on|ing)\\b");

    private static final String FACTOR = "weakness";

    private final double score;
    private final Pattern words;

    Weakness(double score, String words) {
        this.score = score;
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    static Priority priority(Cve cve) {
        String text = cve.title() + '\n' + cve.description();
        for (Weakness weakness : values()) {
            Optional<String> said = weakness.in(text);
            if (said.isPresent()) {
                return Priority.of(weakness.score, FACTOR, weakness + ", since its text says \"" + said.get() + "\".");
            }
        }
        return Priority.unknown(FACTOR, "Its text does not say what sort of bug it is.");
    }

    private Optional<String> in(String text) {
        Matcher matcher = words.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
