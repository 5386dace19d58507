package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildDiagnosis;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.kpatch.internal.diagnosis.OutputListener;
import org.tuxtape.kpatch.internal.diagnosis.ToolOutput;

/** What the two tools differ in. */
interface Tool {
    /** Products of the kernel's link, which others would take for those of the unpatched kernel. */
    List<SourcePath> LINKED = Stream.of("vmlinux", "System.map", "Module.symvers")
            .map(SourcePath::parse)
            .toList();

    /** Which of them it is. */
    LivepatchTool kind();

    /** Its name and version, as it stands in a manifest. */
    String version(Shell shell);

    /** What of the tool itself, and of its original kernel, goes into the key of a build. */
    List<String> identity();

    /** The build id of the original kernel, while it is there. */
    Optional<String> kernelBuildId();

    /** What would make every build fail, most basic first. */
    List<BuildDiagnosis> obstacles(Shell shell);

    /**
     * The files of the tree that the tool changes by itself, with {@link #LINKED} if it links the kernel.
     *
     * @param changed the files that the patches change
     */
    SortedSet<SourcePath> edits(SortedSet<SourcePath> changed);

    /**
     * How it is called.
     *
     * @param changed the files that the patches change
     * @param patches the patches, in order
     * @throws IOException if the workplace cannot be written
     */
    Call call(BuildRequest request, SortedSet<SourcePath> changed, List<Path> patches, Workplace workplace)
            throws IOException;

    /**
     * Another way to do the same, where this one failed by something of the tool that is known, and not of the fix.
     *
     * @param failure how it failed
     */
    default Optional<Tool> around(BuildDiagnosis failure, BuildRequest request) {
        return Optional.empty();
    }

    /** What it is given instead of some patches. */
    default List<FixPatch> given(List<FixPatch> patches) {
        return patches;
    }

    /** What a person should know of the way it is called, one sentence each. */
    default List<String> remarks() {
        return List.of();
    }

    /** What reads its output. */
    ToolOutput output(SortedSet<SourcePath> changed, Clock clock, OutputListener listener);

    /** One call of the tool. */
    record Call(List<String> command, Path directory, Map<String, String> environment) {}
}
