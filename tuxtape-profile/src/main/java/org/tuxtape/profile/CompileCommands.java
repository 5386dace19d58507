package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.Objects;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.profile.internal.CompileCommandsReader;
import org.tuxtape.profile.internal.Origin;

/**
 * A {@code compile_commands.json} of a kernel build, as {@code scripts/clang-tools/gen_compile_commands.py} and Bear
 * write it: a list of compiler calls, each as one {@code command} or as {@code arguments}. The object that a unit went
 * into is read from the macros that Kbuild defines, {@code MODULE} and {@code KBUILD_MODFILE} (before 5.3 only
 * {@code KBUILD_MODNAME}).
 *
 * <pre>{@code
 * KbuildProfile profile = CompileCommands.at(Path.of("build/compile_commands.json"))
 *         .withSource(Path.of("linux-6.1"))
 *         .read(Context.standard());
 * }</pre>
 *
 * <p><b>How sure of "not compiled".</b> The list names no headers, mostly no assembly, and nothing that units include as
 * text; of these nothing is ever absent. A source in C is absent if the source is known, the list has
 * {@code init/main.c}, and no compiled unit names the file in an {@code #include}. The kernel's own script lists what was
 * ever compiled in the tree, so units of an earlier configuration may be listed as compiled; and code of {@code lib.a}
 * counts as part of vmlinux.
 *
 * <p>Immutable. Reading executes nothing, and never follows a path that the list names.
 *
 * @see <a href="https://clang.llvm.org/docs/JSONCompilationDatabase.html">JSON Compilation Database</a>
 * @since 0.1
 */
public final class CompileCommands {
    private final Path file;
    private final Origin origin;

    private CompileCommands(Path file, Origin origin) {
        this.file = file;
        this.origin = origin;
    }

    /**
     * Names a list; nothing is read yet. Its kernel, {@code .config}, {@code System.map} and source are looked for in the
     * directory that it lies in.
     *
     * @param file the list
     * @return the origin
     */
    public static CompileCommands at(Path file) {
        return new CompileCommands(Objects.requireNonNull(file, "file"), Origin.UNSAID);
    }

    /**
     * Says where the source lies, if not beside the list.
     *
     * @param directory the source that the kernel was built from
     * @return an origin that differs in it
     */
    public CompileCommands withSource(Path directory) {
        return new CompileCommands(file, origin.withSource(directory));
    }

    /**
     * Says which kernel it is, which is needed if neither the list's directory nor the source tells.
     *
     * @param kernel the build
     * @return an origin that differs in it
     */
    public CompileCommands withKernel(KernelBuild kernel) {
        return new CompileCommands(file, origin.withKernel(kernel));
    }

    /**
     * Reads the list. The task {@code read FILE} is reported, counted in entries, and within it {@code list SOURCE}.
     *
     * @param context when to stop, and whom to tell
     * @return the profile
     * @throws ProfileException if there is no list to read: it is missing, not permitted, no JSON or no list of commands,
     *     names no unit of a kernel, nothing says which kernel it is, or has more than 500,000 entries
     * @throws CancelledException if the context asks to stop
     */
    public KbuildProfile read(Context context) {
        return new KbuildProfile(new CompileCommandsReader(file, origin).read(context));
    }
}
