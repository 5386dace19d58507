package org.tuxtape.core.livepatch;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.Manifest.FixedBy;
import org.tuxtape.core.text.Stanza;

/**
 * The text form of a manifest: one stanza. A fix is {@code CVE commit,commit object object}, a function is {@code object
 * name place}. No name in it has white space.
 */
final class ManifestText {
    private static final String FORMAT = "tuxtape-manifest 1";

    private ManifestText() {}

    static String write(Manifest manifest) {
        Stanza stanza = Stanza.empty()
                .with("Format", FORMAT)
                .with("Name", manifest.name().text())
                .with("SHA-256", manifest.sha256())
                .with("Release", manifest.release().text());
        if (manifest.kernelBuildId().isPresent()) {
            stanza = stanza.with("Kernel-Build-Id", manifest.kernelBuildId().get());
        }
        stanza = stanza.with("Vermagic", manifest.vermagic()).with("Builder", manifest.builder());
        if (manifest.key().isPresent()) {
            stanza = stanza.with("Key", manifest.key().get().text());
        }
        return stanza.with("Replacement", manifest.replacement().name())
                .with(
                        "Fixes",
                        manifest.fixes().entrySet().stream()
                                .map(entry -> fix(entry.getKey(), entry.getValue()))
                                .toList())
                .with(
                        "Functions",
                        manifest.functions().stream()
                                .map(ManifestText::function)
                                .toList())
                .toString();
    }

    private static String fix(CveId cve, FixedBy fix) {
        String commits = fix.commits().isEmpty()
                ? "-"
                : fix.commits().stream().map(CommitId::toString).collect(Collectors.joining(","));
        return Stream.concat(
                        Stream.of(cve.toString(), commits),
                        fix.objects().stream().map(KernelObject::name))
                .collect(Collectors.joining(" "));
    }

    private static String function(PatchedFunction function) {
        return function.object().name() + ' ' + function.name() + ' ' + function.sympos();
    }

    static Manifest read(String text) {
        Stanza stanza = Stanza.parse(text);
        if (!stanza.required("Format").equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "A manifest of the form '" + stanza.required("Format") + "' is not known.");
        }
        SortedMap<CveId, FixedBy> fixes = new TreeMap<>();
        for (String line : stanza.lines("Fixes")) {
            List<String> words = words(line, 3);
            FixedBy fix = new FixedBy(
                    commits(words.get(1)),
                    new TreeSet<>(words.stream().skip(2).map(KernelObject::new).toList()));
            if (fixes.put(CveId.parse(words.get(0)), fix) != null) {
                throw new IllegalArgumentException("The manifest names " + words.get(0) + " twice.");
            }
        }
        TreeSet<PatchedFunction> functions = new TreeSet<>();
        for (String line : stanza.lines("Functions")) {
            List<String> words = words(line, 3);
            PatchedFunction function =
                    new PatchedFunction(new KernelObject(words.get(0)), words.get(1), Integer.parseInt(words.get(2)));
            if (words.size() > 3 || !functions.add(function)) {
                throw new IllegalArgumentException("The manifest's line '" + line + "' is too long, or there twice.");
            }
        }
        return new Manifest(
                new LivepatchName(stanza.required("Name")),
                stanza.required("SHA-256"),
                KernelRelease.parse(stanza.required("Release")),
                stanza.optional("Kernel-Build-Id"),
                stanza.required("Vermagic"),
                stanza.required("Builder"),
                stanza.optional("Key").map(BuildKey::new),
                stanza.required("Replacement", Replacement.class),
                fixes,
                functions);
    }

    private static List<CommitId> commits(String text) {
        return text.equals("-")
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(CommitId::parse).toList();
    }

    private static List<String> words(String line, int least) {
        List<String> words = List.of(line.split(" +"));
        if (words.size() < least) {
            throw new IllegalArgumentException("The manifest's line '" + line + "' is too short.");
        }
        return words;
    }
}
