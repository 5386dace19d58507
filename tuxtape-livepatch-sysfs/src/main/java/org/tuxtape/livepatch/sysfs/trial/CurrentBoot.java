package org.tuxtape.livepatch.sysfs.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * What stays the same until the machine is booted again.
 *
 * @param id the kernel's own name for this boot
 * @param release the kernel
 * @param parameters the words of its command line
 */
record CurrentBoot(String id, KernelRelease release, List<String> parameters) {
    static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static CurrentBoot of(KernelFiles files) {
        Path kernel = files.proc().resolve("sys/kernel");
        Path id = kernel.resolve("random/boot_id");
        Path release = kernel.resolve("osrelease");
        return new CurrentBoot(
                KernelText.read(id)
                        .filter(text -> ID.matcher(text).matches())
                        .orElseThrow(() -> new KernelAccessException(id, id + " does not name this boot.")),
                KernelText.read(release)
                        .flatMap(KernelRelease::tryParse)
                        .orElseThrow(() -> new KernelAccessException(release, release + " names no kernel.")),
                List.of(KernelText.read(files.proc().resolve("cmdline"))
                        .orElse("")
                        .split("\\s+")));
    }
}
