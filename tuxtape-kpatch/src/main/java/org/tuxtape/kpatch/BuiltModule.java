package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.ChangedCode;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.FileDiff;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Manifest.FixedBy;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.PatchedFunction;

/** A module as a tool has left it. */
record BuiltModule(ModuleFile module, String sha256) {

    /**
     * Reads a module.
     *
     * @throws IllegalArgumentException if the file is no kernel module; the message is one sentence whose subject is "it"
     */
    static BuiltModule read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return new BuiltModule(ModuleFile.parse(ByteBuffer.wrap(content)), Digests.of(content));
    }

    /** Says in what the module is not what was asked for; empty if it is. */
    Optional<String> fault(BuildRequest request) {
        String release = request.kernel().release().text();
        String vermagic = module.vermagic().orElse("");
        if (!module.livepatch()) {
            return Optional.of("It is not marked as a livepatch.");
        }
        if (!module.name().equals(request.name().text())) {
            return Optional.of("It is called " + module.name() + ", not " + request.name() + ".");
        }
        if (!vermagic.equals(release) && !vermagic.startsWith(release + " ")) {
            return Optional.of(
                    "Its version magic is '" + vermagic + "', which does not fit the release " + release + ".");
        }
        return module.functions().filter(functions -> !functions.isEmpty()).isPresent()
                ? Optional.empty()
                : Optional.of("It does not tell which functions it patches.");
    }

    /** Describes the module, which must have no fault. */
    Manifest manifest(BuildRequest request, BuildKey key, String builder, List<FixPatch> patches) {
        SortedSet<PatchedFunction> functions = module.functions().orElseThrow();
        return new Manifest(
                request.name(),
                sha256,
                request.kernel().release(),
                module.vermagic().orElseThrow(),
                builder,
                Optional.of(key),
                request.replacement(),
                fixes(request.fixes(), patches, functions),
                functions);
    }

    private static SortedMap<CveId, FixedBy> fixes(
            List<Fix> fixes, List<FixPatch> patches, SortedSet<PatchedFunction> functions) {
        SortedMap<CveId, List<CommitId>> commits = new TreeMap<>();
        for (Fix fix : fixes) {
            List<CommitId> known = commits.computeIfAbsent(fix.cve(), cve -> new ArrayList<>());
            fix.commits().stream()
                    .map(FixCommit::commit)
                    .flatMap(Optional::stream)
                    .forEach(known::add);
        }
        Map<CveId, SortedSet<KernelObject>> objects = patches.stream()
                .collect(Collectors.toMap(FixPatch::cve, patch -> objects(patch, functions), (one, other) -> {
                    one.addAll(other);
                    return one;
                }));
        SortedMap<CveId, FixedBy> fixed = new TreeMap<>();
        commits.forEach((cve, ids) -> fixed.put(cve, new FixedBy(ids, Objects.requireNonNull(objects.get(cve)))));
        return fixed;
    }

    /**
     * The objects in which functions of these names are patched. What a header or a macro changes, or the compiler put into
     * its callers, can be anywhere: then every object counts.
     */
    private static SortedSet<KernelObject> objects(FixPatch patch, SortedSet<PatchedFunction> functions) {
        SortedSet<String> names = new TreeSet<>();
        boolean isPlain = patch.files().keySet().stream().noneMatch(SourcePath::isHeader);
        for (FileDiff file :
                patch.diffs().stream().flatMap(diff -> diff.files().stream()).toList()) {
            Optional<FileChange> change = file.path()
                    .inTree()
                    .flatMap(path -> Optional.ofNullable(patch.files().get(path)));
            ChangedCode code =
                    ChangedCode.of(file, change.flatMap(FileChange::before), change.flatMap(FileChange::after));
            names.addAll(code.functions());
            isPlain &= !code.elsewhere();
        }
        boolean counts = isPlain
                && functions.stream()
                        .map(PatchedFunction::name)
                        .collect(Collectors.toSet())
                        .containsAll(names);
        return functions.stream()
                .filter(function -> !counts || names.contains(function.name()))
                .map(PatchedFunction::object)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
