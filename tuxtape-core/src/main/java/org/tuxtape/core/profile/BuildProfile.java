package org.tuxtape.core.profile;

import java.util.Optional;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.SourcePath;

/**
 * What one build of a kernel contains, as far as its origin can tell.
 *
 * <p>Implementers keep these rules; {@code BuildProfileContract} of the testkit checks them by name:
 *
 * <ul>
 *   <li><b>BP-1</b> A profile MUST be immutable and usable by several threads; equal questions get equal answers.
 *   <li><b>BP-2</b> Unknown is never no: a file is {@link FilePresence.Absent} only if it exists in this kernel's source
 *       and the build is known to have left it out. A path that this source does not have MUST be
 *       {@link FilePresence.Unknown}: files move between versions.
 *   <li><b>BP-3</b> A file that is compiled for itself MUST be {@link FilePresence.Compiled}, one that is only included
 *       {@link FilePresence.Included}, and every unit named there MUST itself be compiled.
 *   <li><b>BP-4</b> Where the configuration is known, an option that it does not name is {@link ConfigValue#NO}; where
 *       it is not known, every option MUST be empty.
 *   <li><b>BP-5</b> No path, symbol or function name that the types allow MUST make a question throw.
 * </ul>
 *
 * @since 0.1
 */
public interface BuildProfile {

    /**
     * Names the build.
     *
     * @return which kernel, built how
     */
    KernelBuild kernel();

    /**
     * Tells what the profile was made from.
     *
     * @return one line for people, for example {@code Kbuild tree /src/linux, 1281 units}
     */
    String provenance();

    /**
     * Looks a source file up.
     *
     * @param path its path in this kernel's source
     * @return what the build made of it
     */
    FilePresence file(SourcePath path);

    /**
     * Looks a function up.
     *
     * @param name its name in C
     * @param file where it is defined
     * @return where it is present, or unknown
     */
    FunctionPresence function(String name, SourcePath file);

    /**
     * Looks a config option up.
     *
     * @param symbol its name
     * @return its value, or empty if the configuration is not known
     */
    Optional<ConfigValue> option(ConfigSymbol symbol);

    /**
     * Returns the profile of a build of which only the kernel is known: every answer is "unknown".
     *
     * @param kernel the build
     * @return a profile that lets the version alone speak
     */
    static BuildProfile unknown(KernelBuild kernel) {
        return new UnknownProfile(kernel);
    }

    /**
     * Returns this profile under the name of another kernel, for a caller that knows the version better.
     *
     * @param kernel the build to judge by
     * @return a view that differs in {@link #kernel()} only
     */
    default BuildProfile as(KernelBuild kernel) {
        return new RenamedProfile(this, kernel);
    }
}
