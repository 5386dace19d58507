package org.tuxtape.profile.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tuxtape.profile.internal.DebugSections.Contents;

/**
 * The files of one unit, from its header in {@code .debug_line}; the line program behind it is passed over. From DWARF 5
 * on the unit itself is file 0 and its directory is directory 0; before, both stand in {@code .debug_info} only.
 *
 * @param offset where the table begins in its section
 * @param directories as written; before DWARF 5 the first one is empty and stands for the unit's
 * @param files in their order; before DWARF 5 from 1 on
 * @param namesUnit whether the first file is the unit itself
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5, 6.2.4</a>
 */
record LineTable(int offset, List<String> directories, List<FileEntry> files, boolean namesUnit) {
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int PATH = 1;
    private static final int DIRECTORY = 2;

    /**
     * A file.
     *
     * @param name absolute, or relative to its directory
     * @param directory its place in the directories
     */
    record FileEntry(String name, int directory) {}

    /** Takes one table after the other, in the order of the section. */
    static void readAll(Contents section, DwarfForms forms, Consumer<LineTable> tables) {
        DwarfBytes in = new DwarfBytes(section);
        while (!in.atEnd()) {
            int offset = in.position();
            int end = in.partEnd();
            tables.accept(read(offset, in, forms, end));
            in.moveTo(end);
        }
    }

    private static LineTable read(int offset, DwarfBytes in, DwarfForms forms, int end) {
        int version = in.unsigned16();
        if (version < 2 || version > 5) {
            throw new IllegalArgumentException("A line table is of the unknown version " + version + ".");
        }
        int addressSize = 8;
        if (version >= 5) {
            addressSize = in.unsigned8();
            in.skip(1);
        }
        in.skip(in.offsetSize());
        in.skip(version >= 4 ? 5 : 4);
        in.skip(Math.max(in.unsigned8() - 1, 0));
        LineTable table = version >= 5 ? entries(offset, in, forms, addressSize) : lists(offset, in, forms);
        if (in.position() > end) {
            throw new IllegalArgumentException("A line table is longer than it says.");
        }
        return table;
    }

    private static LineTable lists(int offset, DwarfBytes in, DwarfForms forms) {
        List<String> directories = new ArrayList<>(List.of(""));
        for (String name = in.text(); !name.isEmpty(); name = in.text()) {
            directories.add(forms.shared(name));
        }
        List<FileEntry> files = new ArrayList<>();
        for (String name = in.text(); !name.isEmpty(); name = in.text()) {
            files.add(new FileEntry(forms.shared(name), (int) Math.min(in.uleb(), MOST_ENTRIES)));
            in.skipLeb();
            in.skipLeb();
        }
        return new LineTable(offset, directories, files, false);
    }

    private static LineTable entries(int offset, DwarfBytes in, DwarfForms forms, int addressSize) {
        List<String> directories = new ArrayList<>();
        readEntries(in, forms, addressSize, entry -> directories.add(entry.name()));
        List<FileEntry> files = new ArrayList<>();
        readEntries(in, forms, addressSize, files::add);
        return new LineTable(offset, directories, files, !files.isEmpty());
    }

    private static void readEntries(DwarfBytes in, DwarfForms forms, int addressSize, Consumer<FileEntry> entries) {
        int formats = in.unsigned8();
        int[] kinds = new int[formats];
        int[] kindForms = new int[formats];
        for (int i = 0; i < formats; i++) {
            kinds[i] = (int) Math.min(in.uleb(), 0xffff);
            kindForms[i] = (int) Math.min(in.uleb(), 0xffff);
        }
        long count = in.uleb();
        if (count > MOST_ENTRIES || (formats == 0 && count > 0)) {
            throw new IllegalArgumentException("A line table has more files than any unit.");
        }
        for (long n = 0; n < count; n++) {
            Optional<String> name = Optional.empty();
            long directory = 0;
            for (int i = 0; i < formats; i++) {
                if (kinds[i] == PATH) {
                    name = forms.text(kindForms[i], in, addressSize, 5);
                } else if (kinds[i] == DIRECTORY) {
                    directory = forms.number(kindForms[i], in, addressSize, 5);
                } else {
                    forms.skip(kindForms[i], in, addressSize, 5);
                }
            }
            entries.accept(
                    new FileEntry(name.orElseThrow(() -> new IllegalArgumentException("A file has no name.")), (int)
                            Math.min(Math.max(directory, 0), MOST_ENTRIES)));
        }
    }

    /** Returns the directory of a file, as written; empty for that of the unit. */
    String directory(FileEntry file) {
        return file.directory() < directories.size() ? directories.get(file.directory()) : "";
    }
}
