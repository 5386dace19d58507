package org.tuxtape.testkit.sample;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

/** Draws values. Equal generators draw equal ones. */
final class Draw {
    private static final List<String> DIRECTORIES = List.of(
            "net/core", "fs/btrfs", "drivers/net/wireless", "arch/x86/kvm", "include/linux", "no/such/place", "\u00fc");
    private static final List<String> SUFFIXES = List.of(".c", ".h", ".S", ".rs", "");
    private static final List<String> VERSIONS =
            List.of("2.6.12", "2.6.32.71", "4.19", "5.10.261", "6.1.90", "6.8-rc1", "6.8", "999999.999999.999999");

    private Draw() {}

    static RandomGenerator seeded(long seed) {
        return new SplittableRandom(seed);
    }

    static <T> T oneOf(List<T> values, RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }

    static <T> List<T> list(int size, Supplier<T> value) {
        return Stream.generate(value).limit(size).toList();
    }

    static SourcePath path(RandomGenerator random) {
        return SourcePath.parse(oneOf(DIRECTORIES, random) + "/file" + random.nextInt(1000) + oneOf(SUFFIXES, random));
    }

    static KernelVersion version(RandomGenerator random) {
        return KernelVersion.parse(oneOf(VERSIONS, random));
    }

    static CommitId commit(RandomGenerator random) {
        String digits =
                String.format(Locale.ROOT, "%016x%016x%08x", random.nextLong(), random.nextLong(), random.nextInt());
        return CommitId.parse(digits.substring(0, 7 + random.nextInt(34)));
    }

    static KernelObject object(RandomGenerator random) {
        return random.nextBoolean() ? KernelObject.VMLINUX : KernelObject.module("fs/mod-" + random.nextInt(100));
    }
}
