package org.tuxtape.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.tuxtape.core.elf.BuildIdNote;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.trial.BootLoad;

/** What the kernel that runs says of itself. */
record RunningKernel(KernelFiles files) {
    private static final int LONGEST = 1 << 16;

    /** Which kernel it is, of all that were ever built. */
    KernelIdentity identity() {
        Path release = files.proc().resolve("sys/kernel/osrelease");
        Path notes = files.sys().resolve("kernel/notes");
        try {
            return KernelIdentity.running(
                    KernelRelease.parse(text(release)),
                    architecture(),
                    ByteBuffer.wrap(bytes(notes)).order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            throw new KernelAccessException(notes, "The running kernel cannot be identified: " + e + ".", e);
        } catch (IllegalArgumentException e) {
            throw new KernelAccessException(notes, "The running kernel cannot be identified: " + e.getMessage(), e);
        }
    }

    /** What uname says. Linux shows it in a file since 6.1; before that the Java runtime knows it by its own names. */
    private String architecture() throws IOException {
        try {
            return text(files.proc().resolve("sys/kernel/arch"));
        } catch (NoSuchFileException e) {
            String name = System.getProperty("os.arch", "");
            return name.equals("amd64") ? "x86_64" : name;
        }
    }

    /** Whether it was booted so that nothing is patched. */
    boolean isTurnedOff() {
        Path commandLine = files.proc().resolve("cmdline");
        try {
            return Arrays.asList(text(commandLine).split("\\s+")).contains(BootLoad.OFF);
        } catch (IOException e) {
            throw new KernelAccessException(commandLine, commandLine + " cannot be read: " + e + ".", e);
        }
    }

    /** The build id of a loaded module, if it shows one. */
    Optional<String> buildId(LivepatchName module) {
        Path note = files.sys().resolve("module").resolve(module.text()).resolve("notes/.note.gnu.build-id");
        try {
            return BuildIdNote.find(ByteBuffer.wrap(bytes(note)).order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8).strip();
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST);
        }
    }
}
