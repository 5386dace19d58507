package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchName;

/** The directory in which a tool works, whose path it writes into the module. */
class WorkplaceTest {
    private static final LivepatchName NAME = new LivepatchName("livepatch_a");

    @TempDir
    private Path scratch = Path.of("");

    private Path place(String tree, BuildKey key) throws IOException {
        try (Workplace workplace = Workplace.in(scratch, NAME, Path.of(tree), key)) {
            assertThat(workplace.output()).isEmptyDirectory();
            return workplace.directory();
        }
    }

    private static BuildKey key(String fix) {
        return new BuildKeys().with("fix", fix).key();
    }

    @Test
    void theSameBuildWorksAtTheSamePlaceAndAnyOtherAtAnother() throws IOException {
        Path place = place("/src/linux", key("one"));
        assertThat(place("/src/linux", key("one"))).isEqualTo(place).doesNotExist();
        assertThat(place("/src/linux", key("two"))).isNotEqualTo(place);
        assertThat(place("/src/clone", key("one"))).isNotEqualTo(place);
    }

    /** The fault: a build is killed, and has left its files. */
    @Test
    void whatADeadBuildHasLeftIsRemoved() throws IOException {
        Path place = place("/src/linux", key("one"));
        Files.createDirectories(place.resolve("output"));
        Files.writeString(place.resolve("output/livepatch_a.ko"), "half of it");
        assertThat(place("/src/linux", key("one"))).isEqualTo(place).doesNotExist();
    }
}
