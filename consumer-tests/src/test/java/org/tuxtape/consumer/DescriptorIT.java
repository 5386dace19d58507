package org.tuxtape.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The module descriptors in the built jars: what a module promises and what it asks for. */
class DescriptorIT {
    private static final Path GOLDENS = Path.of(System.getProperty("basedir"), "src/test/resources/descriptors");
    private static final boolean UPDATE = "update".equals(System.getProperty("tuxtape.golden"));

    @ParameterizedTest
    @EnumSource
    void isTheOneThatWasAgreedOn(PublishedJar jar) throws IOException {
        Path golden = GOLDENS.resolve(jar.artifact() + ".txt");
        List<String> actual = describe(jar);
        if (UPDATE) {
            Files.write(golden, actual);
        }
        List<String> agreed = Files.exists(golden) ? Files.readAllLines(golden) : List.of();
        assertThat(difference(agreed, actual))
                .as(
                        "Descriptor of %s against %s (- agreed on, + found). If the change is meant: "
                                + "mvn verify -Dtuxtape.golden=update, and commit the file.",
                        jar.module(), golden.getFileName())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyPackageNameBeginsWithTheModuleName(PublishedJar jar) {
        assertThat(jar.descriptor().packages())
                .isNotEmpty()
                .allMatch(name -> name.equals(jar.module()) || name.startsWith(jar.module() + "."));
    }

    @ParameterizedTest
    @EnumSource
    void internalPackagesAreNotExported(PublishedJar jar) {
        assertThat(jar.descriptor().exports())
                .isNotEmpty()
                .noneMatch(exports -> exports.source().endsWith(".internal")
                        || exports.source().contains(".internal."));
    }

    /** JGit has a name in its manifest and no descriptor, the calculator of CVSS and sigstore-java not even that. */
    private static final Set<String> KNOWN_AUTOMATIC = Set.of("org.eclipse.jgit", "cvss.calculator", "sigstore.java");

    @ParameterizedTest
    @EnumSource
    void asksForNoDesktopAndNoAutomaticModuleButTheKnown(PublishedJar jar) {
        ModuleFinder modules = ModuleFinder.compose(ModuleFinder.ofSystem(), ModuleFinder.of(PublishedJar.MODULES));
        assertThat(jar.descriptor().requires())
                .extracting(ModuleDescriptor.Requires::name)
                .doesNotContain("java.desktop")
                .filteredOn(name -> !KNOWN_AUTOMATIC.contains(name))
                .allSatisfy(name -> assertThat(
                                modules.find(name).orElseThrow().descriptor().isAutomatic())
                        .as("%s is automatic", name)
                        .isFalse());
    }

    /** The lines of {@code jar --describe-module} in a fixed order, without the version and the place of the jar. */
    private static List<String> describe(PublishedJar jar) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int exit = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(writer, writer, "--describe-module", "--file", jar.path().toString());
        assertThat(exit).as(out.toString()).isZero();
        List<String> lines = new ArrayList<>();
        lines.add(jar.module());
        out.toString()
                .lines()
                .skip(1) // name@version and the jar's address
                .filter(line -> !line.isBlank())
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static List<String> difference(List<String> agreed, List<String> actual) {
        List<String> lines = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(agreed);
        all.addAll(actual);
        for (String line : all) {
            if (!actual.contains(line)) {
                lines.add("- " + line);
            } else if (!agreed.contains(line)) {
                lines.add("+ " + line);
            }
        }
        return lines;
    }
}
