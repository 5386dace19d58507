package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.core.elf.BuildIdNote;
import org.tuxtape.core.elf.ElfFile;

/** What a {@code vmlinux} says of itself. */
final class LinkedKernel {
    private LinkedKernel() {}

    /** Its build id; empty if it has none, or is none. */
    static Optional<String> buildId(Path vmlinux) {
        try (FileChannel channel = FileChannel.open(vmlinux)) {
            return BuildIdNote.of(ElfFile.of(channel.map(MapMode.READ_ONLY, 0, channel.size())));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
