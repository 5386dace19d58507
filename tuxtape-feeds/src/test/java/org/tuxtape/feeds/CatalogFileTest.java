package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Trees;

@DisplayName("The file of a catalog")
class CatalogFileTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("gives it back, and nothing else lies there")
    void givesItBack() throws IOException {
        CveCatalog catalog = catalog();
        Path file = directory.resolve("catalog");

        CatalogFile.write(file, CveCatalog.of());
        CatalogFile.write(file, catalog);

        CveCatalog back = CatalogFile.read(file);
        assertThat(List.copyOf(back.entries())).isEqualTo(List.copyOf(catalog.entries()));
        assertThat(back.unreadable()).isEqualTo(catalog.unreadable());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(file, directory.resolve("tree"));
        }
    }

    @Test
    @DisplayName("stays as it was where it cannot be written")
    void staysAsItWas() {
        Path nowhere = directory.resolve("no/catalog");

        assertFault(() -> CatalogFile.write(nowhere, catalog()), Fault.IO);
        assertThat(nowhere).doesNotExist();
    }

    @Test
    @DisplayName("is refused where it is missing, cut off or something else")
    void isRefused() throws IOException {
        Path file = directory.resolve("catalog");
        assertFault(() -> CatalogFile.read(file), Fault.MISSING);
        CatalogFile.write(file, catalog());
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertFault(() -> CatalogFile.read(file), Fault.TRUNCATED);
        Files.writeString(file, "something else");
        assertFault(() -> CatalogFile.read(file), Fault.WRONG_KIND);
        whole[whole.length / 2] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> CatalogFile.read(file)).isInstanceOf(SourceException.class);
    }

    private CveCatalog catalog() {
        return CveCatalog.of(CnaTree.of(Packing.DIRECTORY.write(directory.resolve("tree"), Trees.small())));
    }

    private static void assertFault(Runnable work, Fault fault) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
