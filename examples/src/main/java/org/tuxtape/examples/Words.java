package org.tuxtape.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Constants and durations, as people and programs spell them. */
public final class Words {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h)");

    private Words() {}

    /** Returns {@code name taken} for {@code NAME_TAKEN}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns {@code name_taken} for {@code NAME_TAKEN}. */
    public static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Returns a point of time to the second. */
    public static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", seconds(duration));
    }

    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw new TypeConversionException("it takes a duration such as 90s, 15m or 1h");
        }
        int count = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
