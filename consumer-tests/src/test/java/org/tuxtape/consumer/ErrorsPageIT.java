package org.tuxtape.consumer;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.LoadPlan;

/** {@code docs/errors.md} tells of every exception with its faults, and of every sealed type with its cases. */
class ErrorsPageIT {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir")).resolveSibling("docs").resolve("errors.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^### `([\\w.]+)`$(.*?)(?=^##|\\z)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    /** What else has a table: constants on which a caller decides. */
    private static final List<Class<?>> CLASSES_OF_FAILURE = List.of(BuildFailure.class, LoadPlan.Cause.class);

    /** No result: it is handed in and not told apart. */
    private static final Set<Class<?>> NO_OUTCOME = Set.of(CancellationToken.class);

    static List<Class<?>> told() {
        return Stream.concat(
                        CLASSES_OF_FAILURE.stream(),
                        Arrays.stream(PublishedJar.values()).flatMap(ErrorsPageIT::exported))
                .filter(type -> isException(type) || type.isEnum() || !NO_OUTCOME.contains(type))
                .toList();
    }

    private static Stream<Class<?>> exported(PublishedJar jar) {
        Set<String> packages = jar.exportedPackages();
        try (JarFile file = new JarFile(jar.path().toFile())) {
            List<Class<?>> types = new ArrayList<>();
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName().replaceFirst("\\.class$", "").replace('/', '.');
                if (entry.getName().endsWith(".class") && packages.contains(name.replaceFirst("\\.[^.]*$", ""))) {
                    types.add(Class.forName(name, false, ErrorsPageIT.class.getClassLoader()));
                }
            }
            return types.stream().filter(ErrorsPageIT::isPublic).filter(type -> type.isSealed() || isException(type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static boolean isException(Class<?> type) {
        return TuxtapeException.class.isAssignableFrom(type) && type != TuxtapeException.class;
    }

    @ParameterizedTest
    @MethodSource("told")
    void hasARowForEachCase(Class<?> type) throws IOException {
        assertThat(rows(type)).as(type.getCanonicalName()).containsExactlyInAnyOrderElementsOf(cases(type));
    }

    @Test
    void tellsOfNothingElse() throws IOException {
        assertThat(told())
                .extracting(Class::getCanonicalName)
                .containsAll(sections().keySet());
    }

    private static Set<String> rows(Class<?> type) throws IOException {
        String section = sections().get(type.getCanonicalName());
        assertThat(section)
                .as("docs/errors.md has a section ### `%s`", type.getCanonicalName())
                .isNotNull();
        return ROW.matcher(section).results().map(row -> row.group(1)).collect(toCollection(TreeSet::new));
    }

    private static Map<String, String> sections() throws IOException {
        return SECTION.matcher(Files.readString(PAGE))
                .results()
                .collect(toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static Set<String> cases(Class<?> type) {
        Stream<String> names;
        if (type.isEnum()) {
            names = constants(type);
        } else if (type.isSealed()) {
            names = Arrays.stream(type.getPermittedSubclasses()).map(Class::getSimpleName);
        } else {
            names = Arrays.stream(type.getMethods())
                    .filter(method -> method.getName().equals("fault"))
                    .flatMap(method -> constants(method.getReturnType()));
        }
        return names.collect(toCollection(TreeSet::new));
    }

    private static Stream<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name());
    }
}
