package org.tuxtape.profile.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.profile.internal.DebugSections.Contents;

/**
 * The names and directories of units by their line tables, from the first entry of each unit in {@code .debug_info}.
 *
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5, 3.1.1 and 7.5</a>
 */
final class UnitNames {
    private static final int DW_TAG_COMPILE_UNIT = 0x11;
    private static final int DW_AT_NAME = 0x03;
    private static final int DW_AT_STMT_LIST = 0x10;
    private static final int DW_AT_COMP_DIR = 0x1b;
    private static final int DW_UT_COMPILE = 0x01;

    private final DwarfForms forms;
    private final Contents abbreviations;
    private final Map<Long, Name> names = new HashMap<>();

    /**
     * What a unit is called.
     *
     * @param name absolute, or relative to the directory
     * @param directory where the compiler ran; empty if it is not said
     */
    record Name(String name, String directory) {}

    private UnitNames(DwarfForms forms, Contents abbreviations) {
        this.forms = forms;
        this.abbreviations = abbreviations;
    }

    /** Reads the units; by the offsets of their line tables. */
    static Map<Long, Name> read(Contents units, Contents abbreviations, DwarfForms forms) {
        UnitNames names = new UnitNames(forms, abbreviations);
        DwarfBytes in = new DwarfBytes(units);
        while (!in.atEnd()) {
            int end = in.partEnd();
            names.readUnit(in);
            in.moveTo(end);
        }
        return names.names;
    }

    private void readUnit(DwarfBytes in) {
        int version = in.unsigned16();
        if (version < 2 || version > 5) {
            throw new IllegalArgumentException("A unit is of the unknown version " + version + ".");
        }
        int addressSize = 0;
        int kind = DW_UT_COMPILE;
        if (version >= 5) {
            kind = in.unsigned8();
            addressSize = in.unsigned8();
        }
        long table = in.offset();
        if (version < 5) {
            addressSize = in.unsigned8();
        }
        if (kind == DW_UT_COMPILE) {
            readEntry(in, in.uleb(), table, addressSize, version);
        }
    }

    private void readEntry(DwarfBytes in, long code, long table, int addressSize, int version) {
        DwarfBytes abbreviation = new DwarfBytes(abbreviations);
        abbreviation.moveTo(table);
        if (code == 0 || !find(code, abbreviation)) {
            return;
        }
        Optional<String> name = Optional.empty();
        Optional<String> directory = Optional.empty();
        long lines = -1;
        for (int attribute = small(abbreviation); attribute != 0; attribute = small(abbreviation)) {
            int form = small(abbreviation);
            switch (attribute) {
                case DW_AT_NAME -> name = forms.text(form, in, addressSize, version);
                case DW_AT_COMP_DIR -> directory = forms.text(form, in, addressSize, version);
                case DW_AT_STMT_LIST -> lines = forms.number(form, in, addressSize, version);
                default -> forms.skip(form, in, addressSize, version);
            }
            if (form == DwarfForms.IMPLICIT_CONST) {
                abbreviation.skipLeb();
            }
        }
        if (name.isPresent() && lines >= 0) {
            names.put(lines, new Name(name.get(), directory.orElse("")));
        }
    }

    /** Goes to the attributes of an abbreviation of a compile unit, which mostly is the first. */
    private static boolean find(long code, DwarfBytes in) {
        for (long found = in.uleb(); found != 0; found = in.uleb()) {
            int tag = small(in);
            in.skip(1);
            if (found == code) {
                return tag == DW_TAG_COMPILE_UNIT;
            }
            int attribute = small(in);
            int form = small(in);
            while (attribute != 0 || form != 0) {
                if (form == DwarfForms.IMPLICIT_CONST) {
                    in.skipLeb();
                }
                attribute = small(in);
                form = small(in);
            }
        }
        return false;
    }

    private static int small(DwarfBytes in) {
        return (int) Math.min(in.uleb(), 0xffff);
    }
}
