package org.tuxtape.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Reading;
import org.tuxtape.feeds.fixture.Trees;

@DisplayName("A tree that cannot be read")
class CnaTreeFaultsTest {
    @TempDir
    Path directory;

    @Test
    void isMissing() {
        Path path = directory.resolve("nowhere");

        assertFault(CnaTree.of(path), Fault.MISSING, "There is no tree " + path + ".");
    }

    @Test
    void isSomethingElse() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no tree\n".repeat(1000));
        Path nothing = Files.createFile(directory.resolve("nothing"));

        assertFault(CnaTree.of(text), Fault.WRONG_KIND, text + " is neither a directory nor a tar or zip archive.");
        assertFault(
                CnaTree.of(nothing), Fault.WRONG_KIND, nothing + " is neither a directory nor a tar or zip archive.");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("because it holds no record is of the wrong kind")
    void holdsNoRecord(Packing packing) {
        Path tree = packing.write(
                directory.resolve("tree"),
                Map.of("README", "nothing", "reserved/2026/CVE-2026-10001.json", "{}", "CVE-2026-1.json", "{}"));

        assertFault(CnaTree.of(tree), Fault.WRONG_KIND, tree + " is no tree of CVE records: it holds none.");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DIRECTORY", "GIT"},
            mode = Mode.EXCLUDE)
    @DisplayName("because it is cut delivers, wherever it is cut, what came before")
    void isCut(Packing packing) throws IOException {
        Path whole = packing.write(directory.resolve("whole"), Trees.small());
        byte[] bytes = Files.readAllBytes(whole);
        // the end of a plain tar is zeros, of which one record is enough
        int last = packing == Packing.TAR ? bytes.length - (1 << 14) : bytes.length - 1;
        for (int length = 600; length <= last; length += 97) {
            Reading reading =
                    Reading.of(CnaTree.of(Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, length))));

            assertThat(reading.fault()).as("%d of %d", length, bytes.length).isNotNull();
            assertThat(reading.fault().fault())
                    .as("%d of %d", length, bytes.length)
                    .isEqualTo(Fault.TRUNCATED);
            assertThat(reading.summary())
                    .isEqualTo(Reading.of(CnaTree.of(whole))
                            .summary()
                            .subList(0, reading.elements().size()));
        }
    }

    @Test
    @DisplayName("because a member of its zip is damaged says so")
    void isDamaged() throws IOException {
        Path zip = Packing.ZIP.write(directory.resolve("zip"), Trees.small());
        byte[] bytes = Files.readAllBytes(zip);
        int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("CVE-2021-47001.json");
        bytes[name + 60] ^= 1;

        Reading reading = Reading.of(CnaTree.of(Files.write(zip, bytes)));

        assertThat(reading.fault().fault()).isEqualTo(Fault.CORRUPT);
        assertThat(reading.fault().source().text()).isEqualTo(zip.toString());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"DIRECTORY", "TAR"},
            mode = Mode.EXCLUDE)
    @Timeout(20)
    @DisplayName("because it expands without end is given up")
    void isGivenUp(Packing packing) {
        CnaTreeOptions options = CnaTreeOptions.defaults().withLargestExpansion(1 << 10);
        Path tree = packing.write(directory.resolve("tree"), Trees.small());

        assertFault(
                CnaTree.of(tree).with(options),
                Fault.LIMIT_EXCEEDED,
                tree + " expands to more than 1024 bytes; CnaTreeOptions.withLargestExpansion allows more.");
    }

    @Test
    @DisplayName("because its decompressor would take too much memory is given up")
    void takesTooMuchMemory() {
        Path tree = Packing.TAR_XZ.write(directory.resolve("tree"), Trees.small());
        CnaTreeOptions options = CnaTreeOptions.defaults().withLargestDecoder(1 << 15);

        assertThat(Reading.of(CnaTree.of(tree).with(options)).fault().fault()).isEqualTo(Fault.LIMIT_EXCEEDED);
    }

    @Test
    @DisplayName("because a name in its tar is endless is given up")
    void hasAnEndlessName() throws IOException {
        Path tree = directory.resolve("tree");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(tree))) {
            TarArchiveEntry name = new TarArchiveEntry(TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
            name.setSize(2 << 20);
            tar.putArchiveEntry(name);
            tar.write(new byte[2 << 20]);
            tar.closeArchiveEntry();
        }

        assertFault(
                CnaTree.of(tree),
                Fault.LIMIT_EXCEEDED,
                tree + " has a member whose name and attributes take too much memory.");
    }

    @Test
    void hasLimitsInRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CnaTreeOptions.defaults().withLargestMember(1023));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CnaTreeOptions.defaults().withLargestExpansion(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CnaTreeOptions.defaults().withLargestDecoder(0))
                .withMessage("The largest decoder is 1 to 9223372036854775807, not 0.");
    }

    private static void assertFault(CnaTree tree, Fault fault, String message) {
        Reading reading = Reading.of(tree);

        assertThat(reading.fault()).isNotNull().hasMessage(message);
        assertThat(reading.fault().fault()).isEqualTo(fault);
        assertThat(reading.fault().source()).isEqualTo(tree.id());
        assertThat(reading.elements()).isEmpty();
    }
}
