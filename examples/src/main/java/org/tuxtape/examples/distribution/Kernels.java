package org.tuxtape.examples.distribution;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.examples.Unusable;
import picocli.CommandLine.TypeConversionException;

/** Linked kernels, named as an archive's directories are: {@code x86_64/6.12.107/BUILD-ID}. */
final class Kernels {
    private Kernels() {}

    static String text(KernelIdentity kernel) {
        return kernel.architecture() + "/" + kernel.release() + "/" + kernel.buildId();
    }

    static KernelIdentity parse(String text) {
        String[] names = text.split("/", -1);
        try {
            if (names.length == 3) {
                return new KernelIdentity(KernelRelease.parse(names[1]), names[0], names[2]);
            }
        } catch (IllegalArgumentException e) {
            // As for any other text.
        }
        throw new TypeConversionException("it takes ARCHITECTURE/RELEASE/BUILD-ID, as archive kernel prints it");
    }

    static KernelIdentity ofVmlinux(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new Unusable(file + " is larger than 2 GiB; strip --strip-debug makes it smaller.");
            }
            return KernelIdentity.ofVmlinux(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new Unusable("The kernel " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw new Unusable(file + " names no kernel: " + e.getMessage(), e);
        }
    }
}
