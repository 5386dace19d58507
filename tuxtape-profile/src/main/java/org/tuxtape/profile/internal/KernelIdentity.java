package org.tuxtape.profile.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Tells which kernel a tree is, from whichever of its files are there. */
final class KernelIdentity {
    // Kbuild makes it for the architecture that it builds for, and for no other.
    private static final Pattern OFFSETS = Pattern.compile("arch/([^/]+)/kernel/asm-offsets\\.s");

    private KernelIdentity() {}

    /** Reads the version that the build was told, without {@code -rc}. */
    static Optional<KernelVersion> builtVersion(TreeFiles tree) {
        return tree.text("include/generated/uapi/linux/version.h").flatMap(VersionFiles::builtVersion);
    }

    /**
     * Puts together what is known.
     *
     * @param sourceMakefile the top Makefile of the source, if that can be reached and is of this kernel
     * @throws ProfileException if nothing says which kernel it is
     */
    static KernelBuild of(
            TreeFiles tree,
            Optional<String> sourceMakefile,
            Optional<KernelConfig> config,
            Optional<String> architecture) {
        KernelRelease release = tree.text("include/config/kernel.release")
                .flatMap(VersionFiles::release)
                .or(() -> tree.text("include/generated/utsrelease.h").flatMap(VersionFiles::utsRelease))
                .or(() -> sourceMakefile.flatMap(makefile -> VersionFiles.release(makefile, localVersion(config))))
                .orElseThrow(() -> Faults.of(
                        tree.place(),
                        Fault.NO_VERSION,
                        "says neither by kernel.release nor by a Makefile which kernel it is"));
        return new KernelBuild(
                release,
                version(builtVersion(tree), sourceMakefile.flatMap(VersionFiles::sourceVersion), release),
                architecture,
                config.flatMap(KernelConfig::compiler),
                config.map(KernelConfig::digest));
    }

    /**
     * Puts together what a source and a configuration say of a kernel that was not built.
     *
     * @throws ProfileException if the source does not say its version
     */
    static KernelBuild unbuilt(Path source, SourceFiles files, KernelConfig config, String architecture) {
        KernelRelease release = files.makefile()
                .flatMap(makefile -> VersionFiles.release(makefile, localVersion(Optional.of(config))))
                .orElseThrow(
                        () -> Faults.of(source, Fault.NO_VERSION, "does not say by its Makefile which kernel it is"));
        return new KernelBuild(
                release,
                files.makefile().flatMap(VersionFiles::sourceVersion).orElse(release.version()),
                Optional.of(architecture),
                config.compiler(),
                Optional.of(config.digest()));
    }

    private static String localVersion(Optional<KernelConfig> config) {
        ConfigValue value = config.map(known -> known.valueOf("LOCALVERSION")).orElse(ConfigValue.NO);
        return value.equals(ConfigValue.NO) ? "" : value.text();
    }

    /** What the build recorded lacks the candidate; the source and the release may be another's, or frozen. */
    private static KernelVersion version(
            Optional<KernelVersion> built, Optional<KernelVersion> source, KernelRelease release) {
        if (built.isEmpty()) {
            return source.orElse(release.version());
        }
        return source.filter(version -> VersionFiles.haveSameNumbers(version, built.get()))
                .or(() -> Optional.of(release.version())
                        .filter(version -> VersionFiles.haveSameNumbers(version, built.get())))
                .orElse(built.get());
    }

    /** Returns the directory below {@code arch/} that most units come from, if any do. */
    static Optional<String> architecture(CompiledUnits units) {
        TreeMap<String, Integer> votes = new TreeMap<>();
        units.units()
                .forEach(unit -> DirectoryName.below("arch", unit.path().text())
                        .ifPresent(name -> votes.merge(name, 1, Integer::sum)));
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** Returns the directory below {@code arch/} that a build was made for, or empty if nothing of it was compiled. */
    static Optional<String> architecture(List<CmdFile> files) {
        TreeMap<String, Integer> compiled = new TreeMap<>();
        for (CmdFile file : files) {
            Matcher offsets = OFFSETS.matcher(file.target());
            if (offsets.matches()) {
                return Optional.of(offsets.group(1));
            }
            if (file.isCompilation() && file.command().kernelCode()) {
                DirectoryName.below("arch", file.target()).ifPresent(name -> compiled.merge(name, 1, Integer::sum));
            }
        }
        return compiled.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
}
