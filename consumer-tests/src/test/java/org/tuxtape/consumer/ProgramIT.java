package org.tuxtape.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jars work on both paths, and a caller sees no difference. */
class ProgramIT {
    private static final String MODULES = PublishedJar.MODULES.toString();
    private static final String CLASSES = System.getProperty("consumer.classes");

    /** Every compression: on the module path some were once missing. */
    private static final List<String> COMPRESSIONS = List.of(
            CompressorStreamFactory.GZIP,
            CompressorStreamFactory.BZIP2,
            CompressorStreamFactory.XZ,
            CompressorStreamFactory.ZSTANDARD);

    @TempDir
    private Path scratch;

    @Test
    void runsOnTheModulePath() throws Exception {
        assertThat(program(
                        "--module-path",
                        MODULES + File.pathSeparator + CLASSES,
                        "--module",
                        "org.tuxtape.consumer/" + Program.class.getName()))
                .isEqualTo(expected());
    }

    @Test
    void runsOnTheClassPath() throws Exception {
        assertThat(program(
                        "--class-path", Path.of(MODULES, "*") + File.pathSeparator + CLASSES, Program.class.getName()))
                .isEqualTo(expected());
    }

    /** No module twice, no package in two modules, nothing missing. */
    @Test
    void allModulesTogetherAreValid() throws Exception {
        assertThat(PublishedJar.CORE.path()).exists();
        JavaProcess.run(scratch, List.of("--module-path", MODULES, "--validate-modules"));
    }

    /** What {@link Program} prints. */
    private static List<String> expected() {
        List<String> lines = new ArrayList<>(List.of("no-tree: MISSING"));
        for (String name : COMPRESSIONS) {
            lines.add(name + ": CVE-2024-26581 affected");
        }
        return lines;
    }

    private List<String> program(String... java) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(java));
        arguments.add(scratch.resolve("no-tree").toString());
        arguments.add("6.6.16");
        for (String name : COMPRESSIONS) {
            arguments.add(archive(name).toString());
        }
        return JavaProcess.run(scratch, arguments);
    }

    private Path archive(String compression) throws IOException, CompressorException {
        Path archive = scratch.resolve(compression);
        try (InputStream in = ProgramIT.class.getResourceAsStream("/announcement.mbox");
                OutputStream out = new CompressorStreamFactory()
                        .createCompressorOutputStream(compression, Files.newOutputStream(archive))) {
            in.transferTo(out);
        }
        return archive;
    }
}
