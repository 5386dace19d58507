package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.core.elf.ElfFile;
import org.tuxtape.profile.internal.LineTable.FileEntry;

/**
 * The units that debug info names, with the files that they were made from. Paths are as absolute as the compiler wrote
 * them; equal paths are one string, since a kernel names the same few thousand headers a million times.
 */
final class DebugUnits {
    private static final int MOST_NAMED = 20_000_000;

    private final Map<String, String> shared = new HashMap<>();
    private int named;

    /**
     * A unit.
     *
     * @param name its path
     * @param directory where the compiler ran
     * @param files the paths that its line table names, its own among them
     */
    record DebugUnit(String name, String directory, List<String> files) {}

    /**
     * Reads the units of one file.
     *
     * @return none if it has no line tables
     * @throws IllegalArgumentException if the file is damaged
     */
    List<DebugUnit> read(ElfFile elf) {
        DebugSections sections = new DebugSections(elf);
        DwarfForms forms = new DwarfForms(sections.section("str"), sections.section("line_str"));
        List<LineTable> tables = new ArrayList<>();
        LineTable.readAll(sections.section("line"), forms, tables::add);
        Map<Long, UnitNames.Name> names = tables.stream().allMatch(LineTable::namesUnit)
                ? Map.of()
                : UnitNames.read(sections.section("info"), sections.section("abbrev"), forms);
        List<DebugUnit> units = new ArrayList<>();
        for (LineTable table : tables) {
            nameOf(table, names).ifPresent(name -> units.add(unit(table, name)));
        }
        return units;
    }

    /** A table of a unit without a name, as those of types are, tells nothing. */
    private static Optional<UnitNames.Name> nameOf(LineTable table, Map<Long, UnitNames.Name> names) {
        if (!table.namesUnit()) {
            return Optional.ofNullable(names.get((long) table.offset()));
        }
        FileEntry unit = table.files().get(0);
        String directory =
                table.directories().isEmpty() ? "" : table.directories().get(0);
        String own = table.directory(unit);
        String name = unit.name();
        if (!name.startsWith("/") && !own.equals(directory) && unit.directory() != 0) {
            name = CommandPaths.absolute(name, own);
        }
        return Optional.of(new UnitNames.Name(name, directory));
    }

    private DebugUnit unit(LineTable table, UnitNames.Name name) {
        List<String> files = new ArrayList<>(table.files().size());
        for (FileEntry file : table.files()) {
            String written = table.directory(file);
            String directory = written.isEmpty() ? name.directory() : CommandPaths.absolute(written, name.directory());
            files.add(shared(CommandPaths.absolute(file.name(), directory)));
        }
        named += files.size();
        if (named > MOST_NAMED) {
            throw new IllegalArgumentException("It names more files than any kernel.");
        }
        return new DebugUnit(
                shared(CommandPaths.absolute(name.name(), name.directory())), shared(name.directory()), files);
    }

    private String shared(String text) {
        return shared.computeIfAbsent(text, same -> same);
    }
}
