package org.tuxtape.profile.internal;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.ProfileException;

/** Reads what {@link ProfileJson} wrote, strictly: an unknown member or a number out of range is a fault. */
final class ProfileJsonReader {
    private final JsonInput json;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, Boolean> truths = new HashMap<>();
    private final List<Unit> units = new ArrayList<>();
    private final Map<String, BitSet> includers = new HashMap<>();
    private final Map<String, ConfigValue> options = new HashMap<>();

    private ProfileJsonReader(JsonInput json) {
        this.json = json;
    }

    /**
     * Reads contents.
     *
     * @param place named where something is wrong
     * @throws ProfileException if it is not of the expected shape
     */
    static Contents read(Path place, byte[] bytes, int from, int length) {
        return JsonInput.read(place, new ByteArrayInputStream(bytes, from, length), json -> {
            try {
                return new ProfileJsonReader(json).read();
            } catch (IllegalArgumentException e) {
                throw json.wrong(String.valueOf(e.getMessage()));
            }
        });
    }

    private Contents read() {
        json.object(name -> {
            switch (name) {
                case "origin", "unfinished" -> texts.put(name, json.text());
                case "notes", "listed", "buildInputs", "mentioned", "objects", "functions" ->
                    lists.put(name, strings());
                case "kernel" -> texts("kernel", Set.of("release", "version", "architecture", "compiler", "config"));
                case "coverage", "kinds" -> mixed(name);
                case "units" -> json.array(this::unit);
                case "inclusions" -> json.array(this::inclusion);
                case "config" -> config();
                case "source" -> mixed(name);
                default -> throw json.wrong("it has an unknown member " + name);
            }
        });
        return contents();
    }

    private Contents contents() {
        return new Contents(
                text("origin"),
                new KernelBuild(
                        KernelRelease.parse(text("kernel.release")),
                        KernelVersion.parse(text("kernel.version")),
                        optional("kernel.architecture"),
                        optional("kernel.compiler"),
                        optional("kernel.config")),
                new CompiledUnits(
                        units,
                        CompiledUnits.sharing(includers),
                        new HashSet<>(list("buildInputs")),
                        new HashSet<>(list("mentioned"))),
                list("listed").stream().map(KernelObject::new).collect(Collectors.toCollection(TreeSet::new)),
                source(),
                new FileKinds(
                        new HashSet<>(list("kinds.architectures")),
                        new HashSet<>(list("kinds.tools")),
                        truth("kinds.deviceTrees")),
                new Coverage(
                        new TreeSet<>(list("coverage.extensions")), text("coverage.others"), truth("coverage.images")),
                optional("config.sha256").map(digest -> new KernelConfig(options, digest)),
                Optional.ofNullable(lists.get("functions")).map(names -> new SystemMap(NameSet.of(names))),
                list("notes"),
                optional("unfinished"));
    }

    private SourceFiles source() {
        return optional("source.whyNot")
                .map(SourceFiles::unknown)
                .orElseGet(() ->
                        new SourceFiles(Optional.empty(), NameSet.of(list("source.files")), Optional.empty(), ""));
    }

    private void texts(String parent, Set<String> names) {
        json.object(name -> {
            if (!names.contains(name)) {
                throw json.wrong("it has an unknown member " + parent + "." + name);
            }
            texts.put(parent + "." + name, json.text());
        });
    }

    private void mixed(String parent) {
        json.object(name -> {
            String key = parent + "." + name;
            switch (key) {
                case "coverage.extensions", "kinds.architectures", "kinds.tools", "source.files" ->
                    lists.put(key, strings());
                case "coverage.others", "source.whyNot" -> texts.put(key, json.text());
                case "coverage.images", "kinds.deviceTrees" -> truths.put(key, json.truth());
                default -> throw json.wrong("it has an unknown member " + key);
            }
        });
    }

    private void unit() {
        List<String> path = new ArrayList<>();
        SortedSet<KernelObject> kernel = new TreeSet<>();
        SortedSet<KernelObject> elsewhere = new TreeSet<>();
        List<Boolean> constants = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "path" -> path.add(json.text());
                case "kernel" -> json.array(() -> kernel.add(object()));
                case "elsewhere" -> json.array(() -> elsewhere.add(object()));
                case "constants" -> constants.add(json.truth());
                default -> throw json.wrong("a unit has an unknown member " + name);
            }
        });
        if (path.size() != 1 || (kernel.isEmpty() && elsewhere.isEmpty())) {
            throw json.wrong("a unit has no path or is in no object");
        }
        Unit unit = new Unit(SourcePath.parse(path.get(0)), kernel, elsewhere, constants.contains(true));
        if (!units.isEmpty() && units.get(units.size() - 1).compareTo(unit) >= 0) {
            throw json.wrong("its units are not in order");
        }
        units.add(unit);
    }

    private KernelObject object() {
        return new KernelObject(
                list("objects").get(index(json.number(), list("objects").size())));
    }

    private void inclusion() {
        BitSet including = new BitSet(units.size());
        List<String> files = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "units" -> ranges(json.text(), including);
                case "files" -> files.addAll(strings());
                default -> throw json.wrong("an inclusion has an unknown member " + name);
            }
        });
        if (including.isEmpty()) {
            throw json.wrong("files are included by no unit");
        }
        files.forEach(file -> includers.put(file, including));
    }

    private void ranges(String text, BitSet including) {
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int from = index(Integer.parseInt(dash < 0 ? range : range.substring(0, dash)), units.size());
            int to = dash < 0 ? from : index(Integer.parseInt(range.substring(dash + 1)), units.size());
            if (to < from) {
                throw json.wrong("a range of units is empty");
            }
            including.set(from, to + 1);
        }
    }

    private int index(int number, int size) {
        if (number < 0 || number >= size) {
            throw json.wrong("there is no number " + number);
        }
        return number;
    }

    private void config() {
        json.object(name -> {
            switch (name) {
                case "sha256" -> texts.put("config.sha256", json.text());
                case "values" -> json.object(option -> options.put(option, new ConfigValue(json.text())));
                default -> throw json.wrong("it has an unknown member config." + name);
            }
        });
    }

    private List<String> strings() {
        List<String> strings = new ArrayList<>();
        json.array(() -> strings.add(json.text()));
        return strings;
    }

    private String text(String name) {
        return optional(name).orElseThrow(() -> json.wrong("it has no " + name));
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    private boolean truth(String name) {
        return truths.getOrDefault(name, false);
    }
}
