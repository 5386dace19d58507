package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.TreeChange;
import org.tuxtape.core.kernel.SourcePath;

class ExactDiffProperties {
    private static final SourcePath ONE = SourcePath.parse("net/core/mailbox.c");
    private static final SourcePath OTHER = SourcePath.parse("net/core/a \"strange\" näme.c");

    @Property
    void whatATreeBecomesIsWrittenSoThatItFitsToTheLine(
            @ForAll("contents") Optional<String> before,
            @ForAll("contents") Optional<String> after,
            @ForAll("contents") Optional<String> otherBefore,
            @ForAll("contents") Optional<String> otherAfter) {
        SortedMap<SourcePath, FileChange> files = new TreeMap<>();
        put(files, ONE, before, after);
        put(files, OTHER, otherBefore, otherAfter);

        TreeChange again = TreeChange.of(
                List.of(Diff.parse(ExactDiff.of(files))),
                path -> Optional.ofNullable(files.get(path)).flatMap(FileChange::before),
                0);

        assertThat(again).isEqualTo(new TreeChange.Applied(files));
    }

    private static void put(
            SortedMap<SourcePath, FileChange> files, SourcePath path, Optional<String> before, Optional<String> after) {
        if (!before.equals(after)) {
            files.put(path, new FileChange(before, after, Optional.empty()));
        }
    }

    @Provide
    Arbitrary<Optional<String>> contents() {
        return Arbitraries.of("int a;\n", "\n", "return 0;\n", "\u00e9\n", "}\n")
                .list()
                .ofMaxSize(30)
                .map(lines -> String.join("", lines))
                .flatMap(text -> Arbitraries.of(text, text + "no line feed"))
                .filter(text -> !text.isEmpty())
                .optional();
    }
}
