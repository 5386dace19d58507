package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuickStartTest {

    @Test
    void theReadmeShowsTheQuickStartAsItIs() throws IOException {
        String code = body(Files.readString(Path.of("src/main/java/org/tuxtape/examples/QuickStart.java")));

        assertThat(Files.readString(Path.of("../README.md"))).contains(code);
    }

    @Test
    void theQuickStartRunsOnTheSample() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            QuickStart.printAffected(Sample.archive(), Sample.buildTree());
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("CVE-2024-57903", "CVE-2025-21658");
    }

    private static String body(String source) {
        String from = source.substring(source.indexOf("        CveCatalog catalog"));
        return from.substring(0, from.indexOf("\n    }\n")).stripIndent().strip();
    }
}
