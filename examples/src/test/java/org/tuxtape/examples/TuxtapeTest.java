package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What belongs to no command. */
class TuxtapeTest {
    @Test
    void theVersionIsThatOfTheProjectAndStandsBesideThatOfJava() throws IOException {
        String pom = Files.readString(Page.PROJECT.resolve("pom.xml"));
        String version = pom.replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");

        CommandLineRun run = CommandLineRun.of("--version");

        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .containsExactly("tuxtape " + version + " (Java " + System.getProperty("java.version") + ")");
    }
}
