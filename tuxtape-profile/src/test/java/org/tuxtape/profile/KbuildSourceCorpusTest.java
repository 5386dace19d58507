package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

/**
 * The makefiles of a real source under a distribution's configuration, against the units in that kernel's debug info.
 * The system property {@code tuxtape.corpus} says where the kernel's files are, and {@code tuxtape.source} where an
 * unpacked linux-source-6.1 of 6.1.192 is.
 */
class KbuildSourceCorpusTest {
    private static final String KERNEL = "profiles/debian-6.1.192-2-cloud-amd64.tar.xz";

    @TempDir
    private Path directory;

    private static Path corpus() {
        Path fromModule = Path.of("../../shared/corpus");
        String property = System.getProperty("tuxtape.corpus");
        return property != null
                ? Path.of(property)
                : Files.isDirectory(fromModule) ? fromModule : Path.of("../shared/corpus");
    }

    private String member(String name) throws IOException {
        Path archive = corpus().resolve(KERNEL);
        assumeThat(archive)
                .as("skipped: set tuxtape.corpus to where " + KERNEL + " is")
                .exists();
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().endsWith("/" + name)) {
                    return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException(archive + " has no " + name);
    }

    @Test
    void ofAHundredUnitsNinetyNineAreFoundAndNinetyNineAreRight() throws IOException {
        Path source = Path.of(System.getProperty("tuxtape.source", "no source"));
        assumeThat(source.resolve("Makefile"))
                .as("skipped: set tuxtape.source to an unpacked linux-source-6.1 of 6.1.192")
                .exists();
        // What modpost writes while modules and vmlinux are linked are no units.
        Set<String> truth = member("compiled-units.tsv")
                .lines()
                .filter(line -> !line.startsWith(".vmlinux.export.c") && !line.contains(".mod.c\t"))
                .map(line -> line.replaceFirst("\tkernel/", "\t").replaceFirst("\\.ko$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Path config = Files.writeString(directory.resolve("config"), member("config"));

        KbuildProfile profile = KbuildSource.of(config, source).read(Context.standard());

        Set<String> found = new TreeSet<>(ProfileAssert.lines(profile.units()));
        Set<String> right = new TreeSet<>(found);
        right.retainAll(truth);
        assertThat(right.size() / (double) found.size()).as("precision").isGreaterThan(0.99);
        assertThat(right.size() / (double) truth.size()).as("recall").isGreaterThan(0.99);
        Stream<String> compiled = truth.stream().map(line -> line.substring(0, line.indexOf('\t')));
        assertThat(compiled.filter(path -> profile.file(SourcePath.parse(path)) instanceof FilePresence.Absent))
                .as("units that were compiled, and that the profile says were not")
                .isEmpty();
    }
}
