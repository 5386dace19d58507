package org.tuxtape.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelIdentityTest {
    private static final KernelRelease RELEASE = KernelRelease.parse("6.12.107+deb13-amd64");
    private static final String BANNER = "Linux version 6.12.107+deb13-amd64 (builder) (gcc) #1 SMP\n";

    @Test
    void theRunningKernelIsKnownByTheNotesThatItShows() {
        assertThat(KernelIdentity.running(RELEASE, "x86_64", note(ByteOrder.nativeOrder(), "ab01")))
                .isEqualTo(new KernelIdentity(RELEASE, "x86_64", "ab01"))
                .hasToString("6.12.107+deb13-amd64 x86_64 ab01");
    }

    @Test
    void aKernelOnDiskIsKnownByItsBannerItsHeaderAndItsNote() {
        ByteBuffer file = vmlinux("%s version %s\0" + "Linux version %s (\0" + BANNER, "ab01");

        assertThat(KernelIdentity.ofVmlinux(file)).isEqualTo(new KernelIdentity(RELEASE, "x86_64", "ab01"));
        assertThat(file.position()).isZero();
    }

    @Test
    void aKernelWithoutABuildIdHasNoIdentity() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelIdentity.running(RELEASE, "x86_64", ByteBuffer.allocate(0)))
                .withMessage("The kernel has no build id.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelIdentity.ofVmlinux(vmlinux(BANNER, "")))
                .withMessage("The kernel has no build id.");
    }

    @Test
    void whatIsNoKernelIsSaidSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelIdentity.ofVmlinux(ByteBuffer.allocate(100)))
                .withMessage("It is no ELF file.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelIdentity.ofVmlinux(vmlinux("Linux version", "ab01")))
                .withMessage("It is an ELF file, but no kernel that says its release.");
    }

    @ParameterizedTest
    @CsvSource({
        "6.1/../../etc, x86_64, ab01",
        "6.1, '', ab01",
        "6.1, ../x, ab01",
        "6.1, x86_64, ''",
        "6.1, x86_64, ab0",
        "6.1, x86_64, AB01"
    })
    void whatCouldNotNameADirectoryIsRefused(String release, String architecture, String buildId) {
        KernelRelease parsed = KernelRelease.parse(release);

        assertThatIllegalArgumentException().isThrownBy(() -> new KernelIdentity(parsed, architecture, buildId));
    }

    @Test
    void aRealKernelOfTheLabIsIdentified() throws IOException {
        Path lab = Path.of(System.getProperty("tuxtape.lab", System.getProperty("user.home") + "/.cache/tuxtape-lab"));
        Path vmlinux = lab.resolve("vulnerable-6.1").resolve("vmlinux");
        Assumptions.assumeTrue(Files.isRegularFile(vmlinux), vmlinux + " is missing, see lab/vulnerable");

        try (var channel = FileChannel.open(vmlinux)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            KernelIdentity identity = KernelIdentity.ofVmlinux(bytes);

            assertThat(identity.release().text()).startsWith("6.1.");
            assertThat(identity.architecture()).isEqualTo("x86_64");
            assertThat(identity.buildId()).hasSize(40);
        }
    }

    private static ByteBuffer note(ByteOrder order, String digits) {
        int size = digits.length() / 2;
        ByteBuffer note = ByteBuffer.allocate(16 + 4 * ((size + 3) / 4)).order(order);
        note.putInt(4).putInt(size).putInt(3).put("GNU\0".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < digits.length(); i += 2) {
            note.put((byte) Integer.parseInt(digits.substring(i, i + 2), 16));
        }
        return note.rewind();
    }

    /** An x86_64 ELF file with sections for constants and notes. */
    private static ByteBuffer vmlinux(String constants, String buildId) {
        byte[] rodata = constants.getBytes(StandardCharsets.US_ASCII);
        byte[] names = "\0.rodata\0.notes\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer notes = buildId.isEmpty() ? ByteBuffer.allocate(0) : note(ByteOrder.LITTLE_ENDIAN, buildId);
        int end = 64 + rodata.length + notes.limit() + names.length;
        ByteBuffer file = ByteBuffer.allocate(end + 4 * 64).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x464c457f).put((byte) 2).put((byte) 1).position(16);
        file.putShort((short) 2).putShort((short) 62).putInt(1);
        file.putLong(40, end).putShort(58, (short) 64).putShort(60, (short) 4).putShort(62, (short) 3);
        file.position(64).put(rodata).put(notes.duplicate()).put(names);
        section(file.position(end + 64), 1, 1, 64, rodata.length);
        section(file.position(end + 128), 9, 7, 64 + rodata.length, notes.limit());
        section(file.position(end + 192), 16, 3, end - names.length, names.length);
        return file.rewind();
    }

    private static void section(ByteBuffer file, int name, int type, int offset, int size) {
        file.putInt(name).putInt(type).putLong(0).putLong(0).putLong(offset).putLong(size);
    }
}
