package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.internal.DebugInfoReader;
import org.tuxtape.profile.internal.Origin;

/**
 * The debug info of a kernel, DWARF 2 to 5: of vmlinux and its modules, in the files themselves or in separate
 * {@code .debug} files, with plain or compressed sections, and modules also compressed whole with gzip, xz or zstd. Only
 * the tables of files are read, of which a unit has one in {@code .debug_line}, and before DWARF 5 the units' names in
 * {@code .debug_info}.
 *
 * <pre>{@code
 * KbuildProfile profile = DebugInfo.of(Path.of("/usr/lib/debug/boot/vmlinux-6.1.0"), Path.of("/usr/lib/debug/lib/modules/6.1.0"))
 *         .withSource(Path.of("linux-6.1"))
 *         .read(Context.standard());
 * }</pre>
 *
 * <p><b>How sure of "not compiled".</b> Debug info names every unit in C and Rust, what it includes as text, and most
 * headers, but no header of which nothing is left, and no assembly without code. So only sources in C and Rust can be
 * absent, if the source is known, vmlinux is there, and so is every module that {@code modules.order} in one of the
 * directories names. It tells nothing of images of their own, such as the vdso and the decompressor.
 *
 * <p>Immutable. Files are not trusted: what is damaged is a fault, and memory is bounded, whatever a file claims.
 *
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5</a>
 * @since 0.1
 */
public final class DebugInfo {
    private final List<Path> paths;
    private final Origin origin;

    private DebugInfo(List<Path> paths, Origin origin) {
        this.paths = paths;
        this.origin = origin;
    }

    /**
     * Names files and directories; nothing is read yet. Directories are searched for files that are named like vmlinux
     * or modules; symbolic links in them are not followed.
     *
     * @param first a file or a directory
     * @param more more of them
     * @return the origin
     */
    public static DebugInfo of(Path first, Path... more) {
        List<Path> paths = new ArrayList<>(List.of(first));
        paths.addAll(List.of(more));
        return new DebugInfo(List.copyOf(paths), Origin.UNSAID);
    }

    /**
     * Says where the source lies. Without it no file can be absent.
     *
     * @param directory the source that the kernel was built from
     * @return an origin that differs in it
     */
    public DebugInfo withSource(Path directory) {
        return new DebugInfo(paths, origin.withSource(directory));
    }

    /**
     * Says which kernel it is, which is needed if no file tells: separate debug info has neither vmlinux's banner nor a
     * module's vermagic.
     *
     * @param kernel the build
     * @return an origin that differs in it
     */
    public DebugInfo withKernel(KernelBuild kernel) {
        return new DebugInfo(paths, origin.withKernel(kernel));
    }

    /**
     * Reads the debug info. The task {@code read debug info} is reported, counted in files.
     *
     * @param context when to stop, and whom to tell
     * @return the profile
     * @throws ProfileException if a path is missing or not permitted, a file is no ELF file or damaged, larger than 2 GiB
     *     or than 512 MiB expanded, none has debug info, or nothing says which kernel it is
     * @throws CancelledException if the context asks to stop, between two files
     */
    public KbuildProfile read(Context context) {
        return new KbuildProfile(new DebugInfoReader(paths, origin).read(context));
    }
}
