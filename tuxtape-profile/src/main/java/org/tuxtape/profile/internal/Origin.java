package org.tuxtape.profile.internal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * What a caller says of a build whose tree is not at hand.
 *
 * @param source where its source lies, if the caller knows it
 * @param kernel which kernel it is, if the caller knows it better
 */
public record Origin(Optional<Path> source, Optional<KernelBuild> kernel) {
    /** Nothing is said. */
    public static final Origin UNSAID = new Origin(Optional.empty(), Optional.empty());

    /** Says where the source lies. */
    public Origin withSource(Path directory) {
        return new Origin(Optional.of(directory), kernel);
    }

    /** Says which kernel it is. */
    public Origin withKernel(KernelBuild build) {
        return new Origin(source, Optional.of(build));
    }

    /**
     * Finds the files of the source.
     *
     * @param tree where to look for it if the caller does not say
     * @param built the version that the source must be of, if it is known
     */
    SourceFiles source(Optional<Path> tree, Optional<KernelVersion> built, Task task) {
        int threads = Runtime.getRuntime().availableProcessors();
        SourceFinder finder = new SourceFinder(
                tree.orElse(Path.of("/")),
                Optional.empty(),
                kernel.map(KernelBuild::version).or(() -> built),
                threads,
                task);
        if (source.isPresent()) {
            return finder.given(source.get());
        }
        return tree.isPresent()
                ? finder.find("")
                : SourceFiles.unknown("it is not known where the source of this kernel lies.");
    }

    /**
     * Puts a profile together from units alone: what they mention is looked for in the source, if that can be read.
     *
     * @param label what the units were read from
     * @param build tells which kernel it is, unless the caller did; may throw
     */
    Contents complete(
            String label,
            CompiledUnits units,
            Coverage coverage,
            SourceFiles source,
            Function<SourceFiles, KernelBuild> build,
            Optional<KernelConfig> config,
            Optional<SystemMap> symbols,
            Findings findings,
            Task task) {
        if (!source.isKnown()) {
            findings.note("No file can be told to be absent: " + source.whyNot());
        }
        CompiledUnits compiled = source.directory()
                .map(directory ->
                        units.withMentioned(new InclusionScan(directory, source.files()).mentioned(units, task)))
                .orElse(units);
        KernelBuild known = kernel.orElseGet(() -> build.apply(source));
        findings.notes().forEach(task::note);
        return new Contents(
                label,
                known,
                compiled,
                new TreeSet<>(),
                source,
                FileKinds.ofUnits(compiled, source),
                coverage,
                config,
                symbols,
                findings.notes(),
                findings.whyUnfinished());
    }
}
