package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

/** Says what a profile makes of a file. */
public final class ProfileAssert {
    private final KbuildProfile profile;

    private ProfileAssert(KbuildProfile profile) {
        this.profile = profile;
    }

    public static ProfileAssert in(KbuildProfile profile) {
        return new ProfileAssert(profile);
    }

    public ProfileAssert compiled(String path, String... objects) {
        assertThat(presence(path))
                .isInstanceOfSatisfying(
                        FilePresence.Compiled.class,
                        compiled -> assertThat(names(compiled.objects())).containsExactlyInAnyOrder(objects));
        return this;
    }

    public ProfileAssert included(String path, List<String> units, String... objects) {
        assertThat(presence(path)).isInstanceOfSatisfying(FilePresence.Included.class, included -> {
            assertThat(included.units()).extracting(SourcePath::text).containsExactlyElementsOf(units);
            assertThat(names(included.objects())).containsExactlyInAnyOrder(objects);
        });
        return this;
    }

    public ProfileAssert absent(String... paths) {
        Stream.of(paths).forEach(path -> assertThat(presence(path)).as(path).isInstanceOf(FilePresence.Absent.class));
        return this;
    }

    public ProfileAssert unknown(String path, String reason) {
        assertThat(presence(path))
                .isInstanceOfSatisfying(
                        FilePresence.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(reason).endsWith("."));
        return this;
    }

    private FilePresence presence(String path) {
        return profile.file(SourcePath.parse(path));
    }

    private static List<String> names(SortedSet<KernelObject> objects) {
        return objects.stream().map(KernelObject::name).toList();
    }

    /** Writes units as {@code examples/tuxtape profile --units} does: path, tab, object. */
    public static List<String> lines(SortedMap<SourcePath, SortedSet<KernelObject>> units) {
        return units.entrySet().stream()
                .flatMap(unit -> unit.getValue().stream().map(object -> unit.getKey() + "\t" + object))
                .toList();
    }
}
