package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException;

/** Whatever becomes of an object with debug info, there is a profile that answers, or the declared exception. */
class DebugInfoMutationsTest {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.1.3"));

    private final List<byte[]> objects = new ArrayList<>();
    private Path directory = Path.of("");

    @BeforeProperty
    void compile() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "there is no gcc here");
        directory = Files.createTempDirectory("tuxtape-debug");
        Files.createDirectories(directory.resolve("fs"));
        Files.writeString(directory.resolve("fs/a.h"), "static inline int twice(int n) { return n + n; }\n");
        Files.writeString(directory.resolve("fs/a.c"), "#include \"a.h\"\nint f(int n) { return twice(n); }\n");
        for (String option : List.of("-gdwarf-4", "-gdwarf-5", "-gz=zlib")) {
            run("gcc", "-g", option, "-c", "-o", "a.ko", "fs/a.c");
            objects.add(Files.readAllBytes(directory.resolve("a.ko")));
        }
    }

    private void run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 1500)
    void objectsWithDebugInfo(
            @ForAll long seed, @ForAll @IntRange(max = 2) int kind, @ForAll @IntRange(min = 1, max = 20) int changes)
            throws IOException {
        Random random = new Random(seed);
        byte[] bytes = objects.get(kind).clone();
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) 0xff;
        }
        Path module = directory.resolve("fs/a.ko");
        Files.write(module, random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        try {
            KbuildProfile profile = DebugInfo.of(module).withKernel(KERNEL).read(Context.standard());
            assertThat(profile.file(SourcePath.parse("fs/a.c"))).isNotNull();
        } catch (ProfileException e) {
            assertThat(e.getMessage()).endsWith(".");
        }
    }
}
