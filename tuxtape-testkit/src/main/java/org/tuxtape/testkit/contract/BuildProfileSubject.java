package org.tuxtape.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;

/**
 * What {@link BuildProfileContract} tests: a profile, and examples of what it has to say. Not safe for use by several
 * threads.
 *
 * @since 0.1
 */
public final class BuildProfileSubject {
    private static final List<SourcePath> NOWHERE = parse("tuxtape/no/such/file.c", "no-such-file.h", "vmlinux");

    /** An option of a known configuration. */
    record Option(ConfigSymbol symbol, ConfigValue value) {}

    private final BuildProfile profile;
    private final Given<List<SourcePath>> compiled = new Given<>("compiled");
    private final Given<List<SourcePath>> included = new Given<>("included");
    private final Given<List<SourcePath>> absent = new Given<>("absent");
    private final Given<Option> option = new Given<>("option");
    private final Given<Boolean> noConfig = new Given<>("configUnknown");
    private List<SourcePath> notInSource = List.of();

    private BuildProfileSubject(BuildProfile profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
    }

    /**
     * Names the profile to be tested.
     *
     * @param profile the profile
     * @return a subject without examples
     */
    public static BuildProfileSubject of(BuildProfile profile) {
        return new BuildProfileSubject(profile);
    }

    /**
     * Names files that are compiled for themselves.
     *
     * @param paths in the kernel's source
     * @return this subject
     */
    public BuildProfileSubject compiled(String... paths) {
        compiled.is(parse(paths));
        return this;
    }

    /**
     * Says why no file is known to be compiled.
     *
     * @param why one sentence
     * @return this subject
     */
    public BuildProfileSubject noCompiled(String why) {
        compiled.isNot(why);
        return this;
    }

    /**
     * Names files that are part of the build only since compiled units include them.
     *
     * @param paths in the kernel's source
     * @return this subject
     */
    public BuildProfileSubject included(String... paths) {
        included.is(parse(paths));
        return this;
    }

    /**
     * Says why no file is known to be included.
     *
     * @param why one sentence
     * @return this subject
     */
    public BuildProfileSubject noIncluded(String why) {
        included.isNot(why);
        return this;
    }

    /**
     * Names files that the source has and the build left out.
     *
     * @param paths in the kernel's source
     * @return this subject
     */
    public BuildProfileSubject absent(String... paths) {
        absent.is(parse(paths));
        return this;
    }

    /**
     * Says why no file is known to be left out.
     *
     * @param why one sentence
     * @return this subject
     */
    public BuildProfileSubject noAbsent(String why) {
        absent.isNot(why);
        return this;
    }

    /**
     * Names files that the source does not have, beyond those that the contract makes up.
     *
     * @param paths as another version might have them
     * @return this subject
     */
    public BuildProfileSubject notInSource(String... paths) {
        notInSource = parse(paths);
        return this;
    }

    /**
     * Says that the configuration is known, and names an option of it.
     *
     * @param symbol its name, with or without {@code CONFIG_}
     * @param value as {@code .config} spells it, a string without its quotes
     * @return this subject
     */
    public BuildProfileSubject option(String symbol, String value) {
        option.is(new Option(ConfigSymbol.parse(symbol), new ConfigValue(value)));
        noConfig.isNot("The subject says that the configuration is known.");
        return this;
    }

    /**
     * Says that the configuration is not known.
     *
     * @return this subject
     */
    public BuildProfileSubject configUnknown() {
        option.isNot("The subject says that the configuration is not known.");
        noConfig.is(true);
        return this;
    }

    private static List<SourcePath> parse(String... paths) {
        return Stream.of(paths).map(SourcePath::parse).toList();
    }

    BuildProfile profile() {
        return profile;
    }

    List<SourcePath> compiledOrAbort() {
        return compiled.orAbort("BP-3 is not checked for compiled files");
    }

    List<SourcePath> includedOrAbort() {
        return included.orAbort("BP-3 is not checked for included files");
    }

    List<SourcePath> absentOrAbort() {
        return absent.orAbort("BP-2 is not checked for files that were left out");
    }

    Option optionOrAbort() {
        return option.orAbort("BP-4 is not checked for a known configuration");
    }

    void abortUnlessConfigIsUnknown() {
        noConfig.orAbort("BP-4 is not checked for an unknown configuration");
    }

    /** Returns what was named, what no kernel has, and what is almost the name of a compiled file. */
    List<SourcePath> notInSource() {
        List<SourcePath> paths = new ArrayList<>(notInSource);
        paths.addAll(NOWHERE);
        for (SourcePath path : compiled.orElse(List.of())) {
            paths.addAll(parse(path + ".orig", path + "/below.c", path.text().toUpperCase(Locale.ROOT)));
            int slash = path.text().lastIndexOf('/');
            if (slash > 0) {
                paths.addAll(parse(path.text().substring(0, slash), path.text().substring(slash + 1)));
            }
        }
        return paths;
    }

    /** Returns every path that the subject names. */
    List<SourcePath> examples() {
        return Stream.of(compiled, included, absent)
                .flatMap(given -> given.orElse(List.of()).stream())
                .toList();
    }
}
