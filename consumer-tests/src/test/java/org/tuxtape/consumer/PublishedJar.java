package org.tuxtape.consumer;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/** The modules that go out, each as the jar that the build has just made. */
enum PublishedJar {
    AGENT("tuxtape-agent", "org.tuxtape.agent", 20),
    ARCHIVE("tuxtape-archive", "org.tuxtape.archive", 30),
    CORE("tuxtape-core", "org.tuxtape.core", 100),
    FEEDS("tuxtape-feeds", "org.tuxtape.feeds", 20),
    GIT("tuxtape-git", "org.tuxtape.git", 6),
    KPATCH("tuxtape-kpatch", "org.tuxtape.kpatch", 100),
    LIVEPATCH_SYSFS("tuxtape-livepatch-sysfs", "org.tuxtape.livepatch.sysfs", 30),
    MAIL("tuxtape-mail", "org.tuxtape.mail", 40),
    PROFILE("tuxtape-profile", "org.tuxtape.profile", 30),
    REPORT("tuxtape-report", "org.tuxtape.report", 20),
    TESTKIT("tuxtape-testkit", "org.tuxtape.testkit", 30);

    /** All jars of {@code target/modules}: the published ones and what they need at run time. */
    static final Path MODULES = Path.of(System.getProperty("consumer.modules"));

    private final String artifact;
    private final String module;
    private final int leastClasses;

    PublishedJar(String artifact, String module, int leastClasses) {
        this.artifact = artifact;
        this.module = module;
        this.leastClasses = leastClasses;
    }

    String artifact() {
        return artifact;
    }

    String module() {
        return module;
    }

    /** How many class files it holds at the very least. */
    int leastClasses() {
        return leastClasses;
    }

    /** The siblings that it joins, beside core. */
    Set<String> joins() {
        return this == AGENT ? Set.of(ARCHIVE.module, LIVEPATCH_SYSFS.module) : Set.of();
    }

    /** The packages of others whose types may stand in its exported signatures. */
    Set<String> mayShow() {
        // Contract tests are JUnit tests, and the assertions are AssertJ's.
        return this == TESTKIT ? Set.of("org.junit.jupiter.api", "org.assertj.core.api") : Set.of();
    }

    Path path() {
        return MODULES.resolve(artifact + "-" + System.getProperty("consumer.version") + ".jar");
    }

    ModuleDescriptor descriptor() {
        return ModuleFinder.of(path()).find(module).orElseThrow().descriptor();
    }

    /** The packages that are exported to everyone. */
    Set<String> exportedPackages() {
        return descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(toUnmodifiableSet());
    }

    /** The classes of each. All are read at once: they stand on each other, on the JDK and on the same libraries. */
    static Map<PublishedJar, JavaClasses> classes() {
        List<JarFile> files = new ArrayList<>();
        try {
            for (PublishedJar jar : values()) {
                files.add(new JarFile(jar.path().toFile()));
            }
            JavaClasses all = new ClassFileImporter().importJars(files);
            Map<PublishedJar, JavaClasses> classes = new EnumMap<>(PublishedJar.class);
            for (PublishedJar jar : values()) {
                classes.put(jar, all.that(DescribedPredicate.describe("are of " + jar.path(), jar::holds)));
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.forEach(PublishedJar::close);
        }
    }

    private boolean holds(JavaClass type) {
        String place = "/" + path().getFileName() + "!/";
        return type.getSource()
                .filter(source -> source.getUri().toString().contains(place))
                .isPresent();
    }

    private static void close(JarFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
