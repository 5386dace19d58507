package org.tuxtape.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Target;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.feeds.CatalogFile;
import org.tuxtape.feeds.CnaTree;

/**
 * Prints how fast records are read, beside Python's json over the same plain tar; how long a snapshot takes to load; and
 * the triage of every CVE for one kernel and for a thousand. Medians of five after two that warm up.
 */
public final class ReadRecords {
    private static final int WARMUP = 2;
    private static final int READINGS = 5;
    private static final double NANOS = 1e9;
    private static final int KERNELS = 1000;

    /** Prints seconds per reading; what it does with a record is to parse it and to look at its pairs. */
    private static final String PYTHON = """
            import json, statistics, sys, tarfile, time
            def read():
                start, records, size = time.perf_counter(), 0, 0
                with tarfile.open(sys.argv[1]) as tree:
                    for member in tree:
                        if member.name.endswith(".json"):
                            text = tree.extractfile(member).read()
                            json.loads(text)["containers"]
                            records, size = records + 1, size + len(text)
                        elif member.name.endswith(".dyad"):
                            tree.extractfile(member).read().splitlines()
                return time.perf_counter() - start
            times = [read() for _ in range(7)][2:]
            print(statistics.median(times))
            """;

    private ReadRecords() {}

    /**
     * Measures and prints.
     *
     * @param arguments the folder to work in
     * @throws Exception if the inputs cannot be made or read
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path compressed = Inputs.file("vulns.tar.xz");
        Path plain = plain(compressed, folder.resolve("vulns.tar"));
        double megabytes = Files.size(plain) / 1e6;

        int records = read(plain);
        System.out.printf(Locale.ROOT, "%d records, %.0f MB as tar%n", records, megabytes);
        double tar = seconds(() -> read(plain));
        row("plain tar", tar, records, megabytes);
        row("tar.xz", seconds(() -> read(compressed)), records, megabytes);
        double python = python(plain, folder);
        row("Python's tarfile and json", python, records, megabytes);
        System.out.printf(Locale.ROOT, "  %-32s %8.2f times%n", "plain tar against Python", python / tar);

        CveCatalog catalog = CveCatalog.of(CnaTree.of(plain));
        Path snapshot = folder.resolve("catalog");
        System.out.printf(
                Locale.ROOT, "  %-32s %8.0f ms%n", "snapshot written", 1000 * seconds(() -> write(snapshot, catalog)));
        System.out.printf(
                Locale.ROOT,
                "  %-32s %8.0f ms, %.1f MB%n",
                "snapshot loaded",
                1000 * seconds(() -> CatalogFile.read(snapshot).messages()),
                Files.size(snapshot) / 1e6);

        Triage triage = Triage.of(catalog);
        List<Target> kernels = kernels();
        System.out.printf(
                Locale.ROOT,
                "  %-32s %8.0f ms%n",
                "triage of one kernel",
                1000 * seconds(() -> triage(triage, kernels.subList(0, 1))));
        long start = System.nanoTime();
        triage(triage, kernels);
        System.out.printf(
                Locale.ROOT,
                "  %-32s %8.1f s%n",
                "triage of " + KERNELS + " kernels, once",
                (System.nanoTime() - start) / NANOS);
    }

    private static List<Target> kernels() {
        List<Target> kernels = new ArrayList<>();
        for (String branch : List.of("5.10", "5.15", "6.1", "6.6", "6.12")) {
            for (int release = 1; release <= KERNELS / 5; release++) {
                kernels.add(
                        Target.of(BuildProfile.unknown(KernelBuild.of(KernelVersion.parse(branch + "." + release)))));
            }
        }
        return kernels;
    }

    private static int triage(Triage triage, List<Target> kernels) {
        AtomicInteger affected = new AtomicInteger();
        triage.against(kernels, report -> affected.addAndGet(report.affected().size()));
        return affected.get();
    }

    private static int write(Path file, CveCatalog catalog) {
        CatalogFile.write(file, catalog);
        return catalog.messages();
    }

    private static int read(Path tree) {
        int records = 0;
        try (CveStream events = CnaTree.of(tree).open(Cursor.START, Context.standard())) {
            while (events.hasNext()) {
                events.next();
                records++;
            }
        }
        return records;
    }

    private static double seconds(Callable<Integer> work) throws Exception {
        double[] seconds = new double[READINGS];
        for (int i = -WARMUP; i < READINGS; i++) {
            long start = System.nanoTime();
            work.call();
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - start) / NANOS;
            }
        }
        Arrays.sort(seconds);
        return seconds[READINGS / 2];
    }

    private static void row(String what, double seconds, int records, double megabytes) {
        System.out.printf(
                Locale.ROOT,
                "  %-32s %8.0f ms %8.0f records/s %8.1f MB/s%n",
                what,
                1000 * seconds,
                records / seconds,
                megabytes / seconds);
    }

    private static double python(Path tar, Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("read.py"), PYTHON);
        Process process = new ProcessBuilder("python3", script.toString(), tar.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("Python failed.");
        }
        return Double.parseDouble(out.strip());
    }

    private static Path plain(Path compressed, Path plain) throws IOException {
        if (!Files.exists(plain)) {
            try (InputStream in = new XZInputStream(new BufferedInputStream(Files.newInputStream(compressed)));
                    OutputStream out = Files.newOutputStream(plain)) {
                in.transferTo(out);
            }
        }
        return plain;
    }
}
