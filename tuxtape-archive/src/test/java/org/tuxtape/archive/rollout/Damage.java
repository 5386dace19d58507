package org.tuxtape.archive.rollout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What a text may look like that somebody has been at. */
final class Damage {
    private static final List<String> NASTY = List.of(
            "",
            "\n",
            "\n\n",
            ":",
            " ",
            "\u0000",
            "\ud800",
            "\uffff",
            "-",
            "99999999999999999999",
            "+1000000000-12-31T23:59:59Z",
            "PT99999999999999999H",
            "P-1D",
            "-1",
            "NaN",
            "1e9",
            "100.001%",
            "Ring: x",
            "tag ",
            "share 0%",
            "Format: 1",
            "#");

    private Damage() {}

    static Arbitrary<String> of(String text) {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, text.length());
        Arbitrary<String> replaced = Combinators.combine(places, places, Arbitraries.of(NASTY))
                .as((one, other, nasty) -> text.substring(0, Math.min(one, other))
                        + nasty
                        + text.substring(Math.min(text.length(), Math.max(one, other))));
        Arbitrary<String> values = Combinators.combine(
                        Arbitraries.integers().between(0, (int) text.lines().count() - 1), Arbitraries.of(NASTY))
                .as((line, nasty) -> withValue(text, line, nasty));
        Arbitrary<String> shuffled = Arbitraries.randomValue(random -> {
            List<String> lines = new ArrayList<>(text.lines().toList());
            Collections.shuffle(lines, random);
            return String.join("\n", lines);
        });
        return Arbitraries.oneOf(
                replaced,
                values,
                shuffled,
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.just(text + "\n" + text));
    }

    private static String withValue(String text, int number, String value) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String line = lines.get(number);
        lines.set(number, line.substring(0, line.indexOf(':') + 1) + ' ' + value);
        return String.join("\n", lines);
    }
}
