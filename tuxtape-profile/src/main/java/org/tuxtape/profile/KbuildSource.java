package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.internal.KbuildSourceReader;
import org.tuxtape.profile.internal.Origin;

/**
 * A {@code .config} with the source tree that it is for, without any build: the makefiles are evaluated to the set of
 * units that Kbuild would compile, in the object that each would go into.
 *
 * <pre>{@code
 * KbuildProfile profile = KbuildSource.of(Path.of("/boot/config-6.1.0"), Path.of("linux-6.1")).read(Context.standard());
 * }</pre>
 *
 * <p>The evaluator knows what Kbuild's makefiles are made of: assignments, conditionals, includes, the text functions of
 * GNU make, and Kbuild's own lists ({@code obj-y}, {@code obj-m}, {@code lib-y}, {@code foo-objs}, {@code foo-y},
 * directories, the top makefile's and the architecture's). It runs nothing: the output of a shell command is unknown,
 * and so is every condition on it.
 *
 * <p><b>How sure of "not compiled".</b> A source in C, assembly or Rust is absent if the makefiles leave it out, unless
 * a unit names it in an {@code #include}, or it lies in a directory of which not all could be evaluated. Headers are
 * never absent. It tells nothing of images of their own, such as the vdso and the decompressor. The configuration is
 * taken as it is; a newer source may ask for options that it does not have.
 *
 * <p>Immutable. Reading executes nothing and stays in the source.
 *
 * @see <a href="https://docs.kernel.org/kbuild/makefiles.html">Linux Kernel Makefiles</a>
 * @since 0.1
 */
public final class KbuildSource {
    private final Path config;
    private final Path source;
    private final Optional<String> architecture;
    private final Origin origin;

    private KbuildSource(Path config, Path source, Optional<String> architecture, Origin origin) {
        this.config = config;
        this.source = source;
        this.architecture = architecture;
        this.origin = origin;
    }

    /**
     * Names a configuration and its source; nothing is read yet.
     *
     * @param config a {@code .config}, also compressed with gzip as {@code /proc/config.gz} is, or with xz or zstd
     * @param source the source, not necessarily clean
     * @return the origin
     */
    public static KbuildSource of(Path config, Path source) {
        return new KbuildSource(
                Objects.requireNonNull(config, "config"),
                Objects.requireNonNull(source, "source"),
                Optional.empty(),
                Origin.UNSAID);
    }

    /**
     * Says the architecture, if the configuration does not tell it by an option of that name.
     *
     * @param directory the directory below {@code arch/}, for example {@code x86}
     * @return an origin that differs in it
     */
    public KbuildSource withArchitecture(String directory) {
        return new KbuildSource(config, source, Optional.of(directory), origin);
    }

    /**
     * Says which kernel it is, if it is not quite what the source's makefile says.
     *
     * @param kernel the build
     * @return an origin that differs in it
     */
    public KbuildSource withKernel(KernelBuild kernel) {
        return new KbuildSource(config, source, architecture, origin.withKernel(kernel));
    }

    /**
     * Evaluates the makefiles. The task {@code evaluate SOURCE} is reported, counted in directories.
     *
     * @param context when to stop, and whom to tell
     * @return the profile
     * @throws ProfileException if the config or the source is missing, not permitted or something else, the architecture
     *     or the version cannot be told, or a makefile expands without end
     * @throws CancelledException if the context asks to stop
     */
    public KbuildProfile read(Context context) {
        return new KbuildProfile(new KbuildSourceReader(config, source, architecture, origin).read(context));
    }
}
