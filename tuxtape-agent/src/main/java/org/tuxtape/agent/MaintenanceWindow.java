package org.tuxtape.agent;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time of the week in which a machine may be changed. It begins by the clock on the wall and lasts for a time, so that
 * one over the change to or from summer time is as long as any other.
 *
 * @param days on which it begins, at least one
 * @param from when it begins; where the clock jumps over that, as much later as it jumps
 * @param length how long it lasts, above zero, a day at most
 * @param zone whose clock it goes by
 * @since 0.1
 */
public record MaintenanceWindow(Set<DayOfWeek> days, LocalTime from, Duration length, ZoneId zone) {
    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(?<days>[A-Za-z]{3}(?:,[A-Za-z]{3}){0,6}) +)?(?<from>\\d\\d:\\d\\d)-(?<to>\\d\\d:\\d\\d)(?: +(?<zone>\\S+))?");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS_AHEAD = 8;

    /** Copies the set, and rejects what does not have the shapes above. */
    public MaintenanceWindow {
        days = Collections.unmodifiableSet(new TreeSet<>(days));
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(zone, "zone");
        if (days.isEmpty() || length.isNegative() || length.isZero() || length.compareTo(DAY) > 0) {
            throw new IllegalArgumentException("A window on " + days + " of " + length + ".");
        }
    }

    /**
     * Reads a window as people write it, for example {@code Sat,Sun 02:00-05:00 Europe/Berlin}. An end that is not after
     * the beginning is on the next day, and equal ones make a whole day.
     *
     * @param text the first three letters of the days, or none for every day; from when until when; the zone, or none
     * @param zone the zone if the text has none
     * @return the window
     * @throws IllegalArgumentException if it is none
     */
    public static MaintenanceWindow parse(String text, ZoneId zone) {
        Matcher parts = SYNTAX.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a window such as 'Sat,Sun 02:00-05:00': '" + text + "'.");
        }
        try {
            LocalTime from = LocalTime.parse(parts.group("from"));
            Duration length = Duration.between(from, LocalTime.parse(parts.group("to")));
            return new MaintenanceWindow(
                    days(parts.group("days")),
                    from,
                    length.isNegative() || length.isZero() ? length.plus(DAY) : length,
                    parts.group("zone") == null ? zone : ZoneId.of(parts.group("zone")));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a window: '" + text + "', since " + e.getMessage() + ".", e);
        }
    }

    private static Set<DayOfWeek> days(@Nullable String names) {
        if (names == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names.toUpperCase(Locale.ROOT).split(",", -1)) {
            days.add(EnumSet.allOf(DayOfWeek.class).stream()
                    .filter(day -> day.name().startsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no day '" + name + "'.")));
        }
        return days;
    }

    /**
     * Tells whether the machine may be changed.
     *
     * @param now a moment
     * @return whether the window is open then
     */
    public boolean isOpen(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        // A day may be longer than 24 hours, so one that began the day before yesterday is looked at too.
        for (LocalDate day = today.minusDays(2); !day.isAfter(today); day = day.plusDays(1)) {
            Instant begin = begin(day);
            if (days.contains(day.getDayOfWeek()) && !now.isBefore(begin) && now.isBefore(begin.plus(length))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells when the window opens next.
     *
     * @param now a moment
     * @return the first beginning after it
     */
    public Instant opensAfter(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = today.plusDays(ahead);
            if (days.contains(day.getDayOfWeek()) && begin(day).isAfter(now)) {
                return begin(day);
            }
        }
        throw new IllegalStateException("Every day of the week comes within " + DAYS_AHEAD + " days.");
    }

    private Instant begin(LocalDate day) {
        return ZonedDateTime.of(day, from, zone).toInstant();
    }
}
