package org.tuxtape.core.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Needs the real fixes ({@code tuxtape.corpus}), tar with xz, and a source of the branch 6.1 that has them all: the package
 * linux-source-6.1, unpacked, at {@code tuxtape.source}. What is found is printed.
 */
@DisplayName("The source of a distribution's kernel with all fixes of a year")
class SourceTruthTest {
    private static final String BRANCH = "6.1";
    private static final int FEWEST = 300;
    // A commit that the record does not name may be no fix: one was made in the wrong function, and made anew later.
    private static final String NAMED_BY_RECORD = "fix-in-dyad";
    private static final int BRANCH_COLUMN = 2;
    private static final int MATCH_COLUMN = 4;

    private static final Map<String, List<Diff>> FIXES = new TreeMap<>();
    private static Path source = Path.of("");

    @BeforeAll
    static void unpack(@TempDir Path directory) throws IOException, InterruptedException {
        String property = System.getProperty("tuxtape.source");
        assumeThat(property)
                .as("skipped: the system property tuxtape.source names no source of linux " + BRANCH
                        + "; unpack the package linux-source-6.1")
                .isNotNull();
        source = Path.of(property);
        assumeThat(source.resolve("Makefile"))
                .as("skipped: there is no source of a kernel at " + source)
                .isRegularFile();
        String corpus = System.getProperty("tuxtape.corpus", "../../shared/corpus");
        Path archive = Path.of(corpus).resolve("fixes-2024.tar.xz");
        assumeThat(archive)
                .as("skipped: the real fixes are not at " + corpus + "; set the system property tuxtape.corpus")
                .isRegularFile();
        ProcessBuilder tar = new ProcessBuilder(
                        "tar", "-xJf", archive.toAbsolutePath().toString())
                .directory(directory.toFile())
                .inheritIO();
        tar.environment().put("LC_ALL", "C");
        assumeThat(tar.start().waitFor())
                .as("skipped: tar could not unpack " + archive)
                .isZero();
        Path fixes = directory.resolve("fixes");
        for (String line : Files.readAllLines(fixes.resolve("index.tsv"), StandardCharsets.UTF_8)) {
            String[] columns = line.split("\t", -1);
            if (columns[BRANCH_COLUMN].equals(BRANCH) && columns[MATCH_COLUMN].equals(NAMED_BY_RECORD)) {
                String text = Files.readString(fixes.resolve(columns[0]), StandardCharsets.ISO_8859_1);
                FIXES.computeIfAbsent(columns[1], id -> new ArrayList<>()).add(Diff.parse(text));
            }
        }
    }

    private static Optional<String> text(SourcePath path) {
        try {
            Path file = source.resolve(path.text());
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tree without a fix, where the fix can be taken back. */
    private static Optional<Function<SourcePath, Optional<String>>> without(List<Diff> fix) {
        List<Diff> reversed = new ArrayList<>();
        fix.forEach(diff -> reversed.add(0, diff.reversed()));
        if (TreeChange.of(reversed, SourceTruthTest::text, 2) instanceof TreeChange.Applied applied) {
            Map<SourcePath, Optional<String>> changed = new HashMap<>();
            applied.files().forEach((path, change) -> changed.put(path, change.after()));
            return Optional.of(path -> changed.containsKey(path) ? changed.get(path) : text(path));
        }
        return Optional.empty();
    }

    private static String cause(TreeState state) {
        if (state.files().stream()
                .anyMatch(
                        file -> file.path().filter(path -> text(path).isEmpty()).isPresent())) {
            return "a file is not there";
        }
        return state.files().stream()
                        .flatMap(file -> file.state().hunks().stream())
                        .map(SourceState.OfHunk::state)
                        .distinct()
                        .sorted()
                        .map(HunkState::toString)
                        .collect(Collectors.joining("+", "hunks are ", ""))
                + (state.files().size() == 1 ? "" : " of several files");
    }

    @Test
    @DisplayName("is never taken for one without a fix, nor one without it for one with it")
    void isNeverTakenForTheOtherSide() {
        Map<HunkState, Integer> asItIs = new EnumMap<>(HunkState.class);
        Map<HunkState, Integer> takenBack = new EnumMap<>(HunkState.class);
        Map<String, Integer> causes = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        int stuck = 0;
        for (Map.Entry<String, List<Diff>> fix : FIXES.entrySet()) {
            TreeState state = TreeState.of(fix.getValue(), SourceTruthTest::text);
            asItIs.merge(state.overall(), 1, Integer::sum);
            if (state.overall() == HunkState.BEFORE) {
                wrong.add(fix.getKey() + " as it is");
            } else if (state.overall() != HunkState.AFTER) {
                causes.merge("as it is: " + cause(state), 1, Integer::sum);
            }
            Optional<Function<SourcePath, Optional<String>>> before = without(fix.getValue());
            if (before.isEmpty()) {
                stuck++;
                continue;
            }
            TreeState reversed = TreeState.of(fix.getValue(), before.get());
            takenBack.merge(reversed.overall(), 1, Integer::sum);
            if (reversed.overall() == HunkState.AFTER) {
                wrong.add(fix.getKey() + " taken back");
            } else if (reversed.overall() != HunkState.BEFORE) {
                causes.merge("taken back: " + cause(reversed), 1, Integer::sum);
            }
        }
        System.out.println(FIXES.size() + " fixes; as it is " + asItIs + "; taken back " + takenBack
                + ", cannot be taken back " + stuck);
        causes.forEach((cause, count) -> System.out.println(count + " unknown, " + cause));
        System.out.println("wrong: " + wrong);

        assertThat(wrong).isEmpty();
        assertThat(asItIs.getOrDefault(HunkState.AFTER, 0)).isGreaterThanOrEqualTo(FEWEST);
        assertThat(takenBack.getOrDefault(HunkState.BEFORE, 0)).isGreaterThanOrEqualTo(FEWEST);
    }
}
