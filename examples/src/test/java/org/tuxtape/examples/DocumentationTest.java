package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.examples.build.Workshop;
import org.tuxtape.examples.livepatch.Machine;
import picocli.CommandLine;

/** README and docs say what is so: their Java runs in tests, their commands are understood, their links lead somewhere. */
class DocumentationTest {
    private static final boolean UPDATE = "update".equals(System.getProperty("tuxtape.golden"));

    static List<Page> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void javaIsShownAsItIsCompiledAndRun(Page page) throws IOException {
        Snippets snippets = Snippets.read();
        if (UPDATE) {
            Files.writeString(page.file(), page.shown(snippets));
        }
        for (Page.Block block : Page.of(page.file()).blocks("java")) {
            assertThat(snippets.names())
                    .as("a block of Java names the snippet that it shows: ```java NAME")
                    .contains(block.name());
            assertThat(block.code())
                    .as("%s, which mvn test -Dtuxtape.golden=update copies", block.name())
                    .isEqualTo(snippets.code(block.name()));
        }
    }

    @Test
    void everySnippetIsShown() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        for (Page page : pages()) {
            page.blocks("java").forEach(block -> shown.add(block.name()));
        }
        assertThat(shown).containsAll(Snippets.read().names());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAreUnderstood(Page page) {
        for (Page.Block block : page.blocks("sh")) {
            for (ShellCommand command : ShellCommand.in(block.code())) {
                if (command.program().equals("examples/tuxtape")) {
                    assertThatCode(() ->
                                    commandLine().parseArgs(command.arguments().toArray(String[]::new)))
                            .as(command.toString())
                            .doesNotThrowAnyException();
                } else if (command.program().contains("/")) {
                    assertThat(Page.PROJECT.resolve(command.program())).isExecutable();
                }
            }
        }
    }

    private static CommandLine commandLine() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        // Else an option that takes several values takes a misspelt option as one of them.
        return Tuxtape.commandLine(new Console(nowhere, nowhere), Machine.ofThis(), Workshop.ofThisMachine())
                .setUnmatchedOptionsAllowedAsOptionParameters(false);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) throws IOException {
        for (String link : page.links()) {
            assertThat(page.leads(link)).as(link).isTrue();
        }
    }

    @Test
    void theIndexHasEveryPage() throws IOException {
        Path index = Page.FOLDER.resolve("README.md");

        assertThat(Page.of(index).links())
                .containsAll(pages().stream()
                        .map(Page::file)
                        .filter(file -> file.startsWith(Page.FOLDER) && !file.equals(index))
                        .map(file -> file.getFileName().toString())
                        .toList());
    }
}
