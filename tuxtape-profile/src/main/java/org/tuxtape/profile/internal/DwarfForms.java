package org.tuxtape.profile.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tuxtape.profile.internal.DebugSections.Contents;

/**
 * How values are written in DWARF 2 to 5: the forms of it, and GNU's. Equal names are one string, and all names together
 * are bounded: a few bytes of a table may stand for a long name.
 *
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5, 7.5.6</a>
 */
final class DwarfForms {
    static final int ADDR = 0x01;
    static final int IMPLICIT_CONST = 0x21;
    private static final int INDIRECT = 0x16;
    private static final int REF_ADDR = 0x10;
    private static final long MOST_CHARACTERS = 1L << 28;

    private final Contents strings;
    private final Contents lineStrings;
    private final Map<String, String> shared = new HashMap<>();
    private long characters;

    /**
     * @param strings the section {@code .debug_str}
     * @param lineStrings the section {@code .debug_line_str}
     */
    DwarfForms(Contents strings, Contents lineStrings) {
        this.strings = strings;
        this.lineStrings = lineStrings;
    }

    /** Returns the one string that is equal to this one. */
    String shared(String text) {
        String known = shared.putIfAbsent(text, text);
        if (known == null) {
            characters += text.length();
            if (characters > MOST_CHARACTERS) {
                throw new IllegalArgumentException("Its names are longer than those of any kernel.");
            }
        }
        return known == null ? text : known;
    }

    /** Reads a name; empty if it is in a form that leads to a section which this reader does not know. */
    Optional<String> text(int form, DwarfBytes in, int addressSize, int version) {
        return switch (form) {
            case 0x08 -> Optional.of(shared(in.text()));
            case 0x0e -> Optional.of(shared(string(strings, in.offset())));
            case 0x1f -> Optional.of(shared(string(lineStrings, in.offset())));
            default -> {
                skip(form, in, addressSize, version);
                yield Optional.empty();
            }
        };
    }

    private static String string(Contents section, long offset) {
        DwarfBytes in = new DwarfBytes(section);
        in.moveTo(offset);
        return in.text();
    }

    /** Reads a number without a sign, of any form that one has. */
    long number(int form, DwarfBytes in, int addressSize, int version) {
        return switch (form) {
            case 0x0b -> in.unsigned8();
            case 0x05 -> in.unsigned16();
            case 0x06 -> in.offsetSize() == 4 ? in.offset() : in.unsigned32();
            case 0x07 -> in.unsigned64();
            case 0x0f -> in.uleb();
            case 0x17 -> in.offset();
            default -> {
                skip(form, in, addressSize, version);
                yield 0;
            }
        };
    }

    /** Passes over a value. */
    void skip(int form, DwarfBytes in, int addressSize, int version) {
        switch (form) {
            case ADDR -> in.skip(addressSize);
            case REF_ADDR -> in.skip(version <= 2 ? addressSize : in.offsetSize());
            case 0x03 -> in.skip(in.unsigned16());
            case 0x04 -> in.skip(in.unsigned32());
            case 0x09, 0x18 -> in.skip(in.uleb());
            case 0x0a -> in.skip(in.unsigned8());
            case 0x08 -> in.text();
            case 0x0b, 0x0c, 0x11, 0x25, 0x29 -> in.skip(1);
            case 0x05, 0x12, 0x26, 0x2a -> in.skip(2);
            case 0x27, 0x2b -> in.skip(3);
            case 0x06, 0x13, 0x1c, 0x28, 0x2c -> in.skip(4);
            case 0x07, 0x14, 0x20, 0x24 -> in.skip(8);
            case 0x1e -> in.skip(16);
            case 0x0d, 0x0f, 0x15, 0x1a, 0x1b, 0x22, 0x23, 0x1f01, 0x1f02 -> in.skipLeb();
            case 0x0e, 0x17, 0x1d, 0x1f, 0x1f20, 0x1f21 -> in.skip(in.offsetSize());
            case 0x19, IMPLICIT_CONST -> {
                // the value stands in the abbreviation
            }
            case INDIRECT -> skipIndirect(in, addressSize, version);
            default -> throw new IllegalArgumentException("A value has the unknown form " + form + ".");
        }
    }

    private void skipIndirect(DwarfBytes in, int addressSize, int version) {
        long form = in.uleb();
        if (form == INDIRECT || form > 0xffff) {
            throw new IllegalArgumentException("A value has no form.");
        }
        skip((int) form, in, addressSize, version);
    }
}
