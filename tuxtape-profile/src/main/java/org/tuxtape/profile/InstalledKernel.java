package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.internal.InstalledKernelReader;

/**
 * A kernel as a machine or an image has it, without anything of its build: {@code boot/config-RELEASE},
 * {@code boot/System.map-RELEASE} and {@code lib/modules/RELEASE} with {@code modules.order} or {@code modules.dep}, below
 * a root directory.
 *
 * <pre>{@code
 * KbuildProfile profile = InstalledKernel.at(Path.of("/")).withRelease(release).read(Context.standard());
 * }</pre>
 *
 * <p><b>How sure of "not compiled".</b> Not at all: it names options and objects, and no source file, so no file is
 * anything but unknown. Its worth is in what it adds: {@link KbuildSource} evaluates its configuration with the source,
 * and {@link MergedProfile} joins both.
 *
 * <p>Immutable. Reading executes nothing.
 *
 * @since 0.1
 */
public final class InstalledKernel {
    private final Path root;
    private final Optional<KernelRelease> release;

    private InstalledKernel(Path root, Optional<KernelRelease> release) {
        this.root = root;
        this.release = release;
    }

    /**
     * Names a machine's files; nothing is read yet.
     *
     * @param root {@code /}, or where the files of another machine or an image lie
     * @return the origin, of the only kernel that is installed there
     */
    public static InstalledKernel at(Path root) {
        return new InstalledKernel(Objects.requireNonNull(root, "root"), Optional.empty());
    }

    /**
     * Says which of several kernels is meant.
     *
     * @param release what {@code uname -r} says
     * @return an origin that differs in it
     */
    public InstalledKernel withRelease(KernelRelease release) {
        return new InstalledKernel(root, Optional.of(release));
    }

    /**
     * Reads the files. The task {@code read ROOT} is reported.
     *
     * @param context when to stop, and whom to tell
     * @return the profile, which names objects and options and no unit
     * @throws ProfileException if there is no such kernel, several and none is named, or a file cannot be read or is
     *     larger than 64 MiB
     * @throws CancelledException if the context asks to stop
     */
    public KbuildProfile read(Context context) {
        return new KbuildProfile(new InstalledKernelReader(root, release).read(context));
    }
}
