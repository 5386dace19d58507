package org.tuxtape.testkit.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Change;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;

/**
 * CVEs for tests. They are made up; only their shape is that of real ones.
 *
 * @since 0.1
 */
public final class Cves {
    private static final int MANY = 1000;
    private static final List<String> VECTORS = List.of(
            "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L",
            "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N");

    private Cves() {}

    /**
     * Returns a CVE of which nothing but the id is known.
     *
     * @return the emptiest CVE that there can be
     */
    public static Cve bare() {
        return Cve.builder(new CveId(2024, 1)).build();
    }

    /**
     * Returns a CVE with a thousand of everything.
     *
     * @return a CVE larger than any real one
     */
    public static Cve huge() {
        RandomGenerator random = Draw.seeded(MANY);
        return Cve.builder(new CveId(9999, 999_999_999_999L))
                .title("x".repeat(MANY))
                .description("A line of the description.\n".repeat(MANY))
                .ranges(Draw.list(MANY, () -> range(random)))
                .files(Draw.list(MANY, () -> Draw.path(random)))
                .cvss(cvss(random))
                .references(IntStream.range(0, MANY)
                        .mapToObj(i -> "https://example.org/" + i)
                        .toList())
                .build();
    }

    /**
     * Returns CVEs of every kind: {@link #bare()}, {@link #huge()}, and others that lack this or that.
     *
     * @param seed equal seeds give equal CVEs
     * @param count how many, at least two
     * @return that many CVEs with different ids
     */
    public static List<Cve> spread(long seed, int count) {
        RandomGenerator random = Draw.seeded(seed);
        List<Cve> cves = new ArrayList<>(List.of(bare(), huge()));
        while (cves.size() < count) {
            cves.add(random(new CveId(2000 + random.nextInt(50), 1000 + cves.size()), random));
        }
        return List.copyOf(cves);
    }

    private static Cve random(CveId id, RandomGenerator random) {
        Cve.Builder cve = Cve.builder(id)
                .title(random.nextBoolean() ? "" : "net: fix \u00fc use after free in " + Draw.path(random))
                .ranges(Draw.list(random.nextInt(4), () -> range(random)))
                .files(Draw.list(random.nextInt(4), () -> Draw.path(random)));
        if (random.nextBoolean()) {
            cve.description("One line.\n\nAnother line.\n");
        }
        if (random.nextBoolean()) {
            cve.cvss(cvss(random));
        }
        return cve.build();
    }

    private static Cvss cvss(RandomGenerator random) {
        // The ends of the scale matter more than what lies between.
        int tenths = Draw.oneOf(List.of(0, 100, random.nextInt(101)), random);
        return new Cvss(
                CvssVector.parse(Draw.oneOf(VECTORS, random)),
                random.nextBoolean() ? OptionalDouble.of(tenths / 10.0) : OptionalDouble.empty());
    }

    private static AffectedRange range(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> AffectedRange.EVERYTHING;
            case 1 -> AffectedRange.fixedBy(change(random));
            case 2 -> AffectedRange.unfixedSince(change(random));
            default -> AffectedRange.of(change(random), change(random));
        };
    }

    private static Change change(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> Change.of(Draw.version(random));
            case 1 -> Change.of(Draw.commit(random));
            default -> Change.of(Draw.version(random), Draw.commit(random));
        };
    }
}
