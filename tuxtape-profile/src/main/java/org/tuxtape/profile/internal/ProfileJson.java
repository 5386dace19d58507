package org.tuxtape.profile.internal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.profile.ConfigValue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes contents as JSON. Equal contents give equal bytes: whatever has no order is sorted. */
final class ProfileJson {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final JsonGenerator out;
    private final Map<KernelObject, Integer> objects = new TreeMap<>();

    private ProfileJson(JsonGenerator out) {
        this.out = out;
    }

    static byte[] bytes(Contents contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        write(contents, bytes);
        return bytes.toByteArray();
    }

    private static void write(Contents contents, OutputStream to) {
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), to)) {
            new ProfileJson(out).write(contents);
        }
    }

    private void write(Contents contents) {
        out.writeStartObject();
        out.writeStringProperty("origin", contents.origin());
        kernel(contents);
        optional("unfinished", contents.whyUnfinished());
        strings("notes", contents.notes());
        coverage(contents.coverage());
        kinds(contents.kinds());
        units(contents.compiled().units());
        inclusions(contents.compiled().includers());
        strings("buildInputs", new TreeSet<>(contents.compiled().buildInputs()));
        strings("mentioned", new TreeSet<>(contents.compiled().mentioned()));
        contents.config().ifPresent(this::config);
        contents.symbols().ifPresent(map -> strings("functions", map.functions().names()));
        strings("listed", contents.listed().stream().map(KernelObject::name).toList());
        source(contents.source());
        out.writeEndObject();
    }

    private void kernel(Contents contents) {
        out.writeObjectPropertyStart("kernel");
        out.writeStringProperty("release", contents.kernel().release().toString());
        out.writeStringProperty("version", contents.kernel().version().toString());
        optional("architecture", contents.kernel().architecture());
        optional("compiler", contents.kernel().compiler());
        optional("config", contents.kernel().configDigest());
        out.writeEndObject();
    }

    private void coverage(Coverage coverage) {
        out.writeObjectPropertyStart("coverage");
        strings("extensions", coverage.extensions());
        out.writeStringProperty("others", coverage.whyNotOthers());
        out.writeBooleanProperty("images", coverage.images());
        out.writeEndObject();
    }

    private void kinds(FileKinds kinds) {
        out.writeObjectPropertyStart("kinds");
        strings("architectures", new TreeSet<>(kinds.architectures()));
        strings("tools", new TreeSet<>(kinds.builtTools()));
        out.writeBooleanProperty("deviceTrees", kinds.deviceTrees());
        out.writeEndObject();
    }

    /** An object is named once; units have its place in the list. */
    private void units(List<Unit> units) {
        SortedSet<KernelObject> all = new TreeSet<>();
        units.forEach(unit -> all.addAll(unit.objects()));
        all.forEach(object -> objects.put(object, objects.size()));
        strings("objects", all.stream().map(KernelObject::name).toList());
        out.writeArrayPropertyStart("units");
        for (Unit unit : units) {
            out.writeStartObject();
            out.writeStringProperty("path", unit.path().text());
            numbers("kernel", unit.kernel());
            numbers("elsewhere", unit.elsewhere());
            if (unit.constants()) {
                out.writeBooleanProperty("constants", true);
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void numbers(String name, SortedSet<KernelObject> found) {
        if (!found.isEmpty()) {
            out.writeArrayPropertyStart(name);
            found.forEach(object -> out.writeNumber(objects.getOrDefault(object, 0)));
            out.writeEndArray();
        }
    }

    /** Files that the same units include are written together, with the units as ranges of their places. */
    private void inclusions(Map<String, BitSet> includers) {
        Map<String, List<String>> groups = new TreeMap<>();
        new TreeMap<>(includers)
                .forEach((file, units) -> groups.computeIfAbsent(ranges(units), key -> new ArrayList<>())
                        .add(file));
        out.writeArrayPropertyStart("inclusions");
        groups.forEach((units, files) -> {
            out.writeStartObject();
            out.writeStringProperty("units", units);
            strings("files", files);
            out.writeEndObject();
        });
        out.writeEndArray();
    }

    static String ranges(BitSet units) {
        StringBuilder text = new StringBuilder();
        for (int from = units.nextSetBit(0); from >= 0; ) {
            int to = units.nextClearBit(from);
            text.append(text.length() == 0 ? "" : ",").append(from);
            if (to - from > 1) {
                text.append('-').append(to - 1);
            }
            from = units.nextSetBit(to);
        }
        return text.toString();
    }

    private void config(KernelConfig config) {
        out.writeObjectPropertyStart("config");
        out.writeStringProperty("sha256", config.digest());
        out.writeObjectPropertyStart("values");
        new TreeMap<String, ConfigValue>(config.values())
                .forEach((name, value) -> out.writeStringProperty(name, value.text()));
        out.writeEndObject();
        out.writeEndObject();
    }

    private void source(SourceFiles source) {
        out.writeObjectPropertyStart("source");
        if (source.isKnown()) {
            strings("files", source.files().names());
        } else {
            out.writeStringProperty("whyNot", source.whyNot());
        }
        out.writeEndObject();
    }

    private void optional(String name, Optional<String> value) {
        value.ifPresent(text -> out.writeStringProperty(name, text));
    }

    private void strings(String name, Collection<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
    }
}
