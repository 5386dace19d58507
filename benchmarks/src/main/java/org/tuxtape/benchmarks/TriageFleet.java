package org.tuxtape.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.core.triage.Target;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.mail.MboxSource;

/**
 * Prints how long the triage of every announced CVE takes for many kernels, beside the same kernels judged one after
 * another. The builds are those of a distribution's kernel, each without its own third of the modules.
 */
public final class TriageFleet {
    private static final int ROUNDS = 5;
    private static final double NANOS = 1e9;
    private static final List<String> UPSTREAM =
            versions("5.10.", 200, "5.15.", 150, "6.1.", 100, "6.6.", 50, "6.12.", 20);

    private TriageFleet() {}

    private static List<String> versions(Object... branchesAndFirst) {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < branchesAndFirst.length; i += 2) {
            for (int step = 0; step < 4; step++) {
                versions.add(branchesAndFirst[i].toString() + ((int) branchesAndFirst[i + 1] + 10 * step));
            }
        }
        return versions;
    }

    /**
     * Measures and prints.
     *
     * @param arguments none
     * @throws IOException if the inputs cannot be read
     * @throws InterruptedException if the wait for tar is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path corpus = Path.of(System.getProperty("tuxtape.corpus", "../shared/corpus"));
        CveCatalog catalog = CveCatalog.of(
                MboxSource.of(corpus.resolve("linux-cve-announce-2024.mbox.xz")),
                MboxSource.of(corpus.resolve("linux-cve-announce-2025.mbox.xz")),
                MboxSource.of(corpus.resolve("linux-cve-announce-2026.mbox.xz")));
        Files files = Files.read(corpus.resolve("profiles/debian-6.1.192-2-cloud-amd64.tar.xz"));
        System.out.printf(
                Locale.ROOT,
                "%d CVEs, %d processors, %d MB of heap%n",
                catalog.entries().size(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        measure("upstream releases", catalog, files, UPSTREAM, 1000);
        measure("upstream releases", catalog, files, UPSTREAM, 100);
        measure("upstream releases", catalog, files, UPSTREAM, 10_000);
        measure("vendor releases", catalog, files, vendors(), 1000);
    }

    private static List<String> vendors() {
        return UPSTREAM.stream().map(version -> version + "-vendor").toList();
    }

    private static void measure(String what, CveCatalog catalog, Files files, List<String> releases, int count) {
        List<Target> kernels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kernels.add(Target.of(new Thinned(files, i, build(releases.get(i % releases.size())))));
        }
        Triage triage = Triage.of(catalog);
        List<Target> few = kernels.subList(0, Math.min(count, releases.size()));
        AtomicLong open = new AtomicLong();
        double alone = median(() -> few.forEach(
                kernel -> open.addAndGet(triage.against(kernel).open().size())));
        double together = median(() -> triage.against(
                kernels, report -> open.addAndGet(report.findings().size())));
        double perKernelAlone = alone / few.size();
        System.out.printf(
                Locale.ROOT,
                "%6d %s, %d of them different: %.2f s, %.2f ms per kernel; alone %.2f ms: ratio %.1f%n",
                count,
                what,
                Math.min(count, releases.size()),
                together,
                together / count * 1000,
                perKernelAlone * 1000,
                perKernelAlone * count / together);
    }

    private static KernelBuild build(String release) {
        KernelRelease parsed = KernelRelease.parse(release);
        return new KernelBuild(parsed, parsed.version(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static double median(Runnable work) {
        double[] seconds = new double[ROUNDS];
        work.run();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            work.run();
            seconds[i] = (System.nanoTime() - begin) / NANOS;
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }

    /** What the build of the distribution's kernel has. */
    private record Files(Map<SourcePath, FilePresence> built, Set<SourcePath> source) {

        static Files read(Path archive) throws IOException, InterruptedException {
            Map<SourcePath, FilePresence> built = new HashMap<>();
            Set<SourcePath> source = new HashSet<>();
            lines(archive, "source-tree-files.txt")
                    .forEach(line -> SourcePath.tryParse(line).ifPresent(source::add));
            TreeSet<SourcePath> units = new TreeSet<>(List.of(SourcePath.parse("init/main.c")));
            TreeSet<KernelObject> image = new TreeSet<>(List.of(KernelObject.VMLINUX));
            FilePresence header = new FilePresence.Included(units, image);
            lines(archive, "all-source-files.txt")
                    .forEach(line -> SourcePath.tryParse(line)
                            .filter(SourcePath::isHeader)
                            .ifPresent(path -> built.put(path, header)));
            Map<String, FilePresence> compiled = new HashMap<>();
            lines(archive, "compiled-units.tsv").forEach(line -> {
                String[] unit = line.split("\t", 2);
                SourcePath.tryParse(unit[0])
                        .ifPresent(path -> built.put(path, compiled.computeIfAbsent(unit[1], Files::compiled)));
            });
            return new Files(built, source);
        }

        private static FilePresence compiled(String object) {
            String name = object.replaceFirst("^kernel/", "").replaceFirst("\\.ko$", "");
            return new FilePresence.Compiled(new TreeSet<>(List.of(new KernelObject(name))));
        }

        private static Stream<String> lines(Path archive, String name) throws IOException, InterruptedException {
            Process tar = new ProcessBuilder("tar", "-xJOf", archive.toString(), "--wildcards", "*/" + name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String text = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (tar.waitFor() != 0) {
                throw new IOException("tar could not read " + name + " in " + archive + ".");
            }
            return text.lines();
        }
    }

    /** A build that leaves a third of the modules out, which ones depends on its number. */
    private record Thinned(Files files, int number, KernelBuild kernel) implements BuildProfile {
        private static final FilePresence ABSENT = new FilePresence.Absent("Its option is off.");
        private static final FilePresence UNKNOWN = new FilePresence.Unknown("The source has no such file.");

        @Override
        public String provenance() {
            return "build " + number;
        }

        @Override
        public FilePresence file(SourcePath path) {
            FilePresence presence = files.built().get(path);
            if (presence instanceof FilePresence.Compiled compiled) {
                KernelObject object = compiled.objects().first();
                int draw = ((object.hashCode() ^ (number * 0x9E3779B9)) * 0x85EBCA6B) >>> 8;
                return object.isVmlinux() || draw % 3 != 0 ? presence : ABSENT;
            }
            if (presence == null) {
                return files.source().contains(path) ? ABSENT : UNKNOWN;
            }
            return presence;
        }

        @Override
        public FunctionPresence function(String name, SourcePath file) {
            return new FunctionPresence.Unknown("Functions are not known.");
        }

        @Override
        public Optional<ConfigValue> option(ConfigSymbol symbol) {
            return Optional.empty();
        }
    }
}
