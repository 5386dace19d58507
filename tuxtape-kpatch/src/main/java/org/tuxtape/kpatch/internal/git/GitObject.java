package org.tuxtape.kpatch.internal.git;

import java.util.Locale;

/**
 * An object that was read in full.
 *
 * @param type what it is
 * @param content its bytes; not to be changed
 */
public record GitObject(Type type, byte[] content) {

    /** The kinds of objects, with the numbers that packs give them. */
    public enum Type {
        /** A commit. */
        COMMIT(1),
        /** A directory. */
        TREE(2),
        /** A file. */
        BLOB(3),
        /** An annotated tag. */
        TAG(4);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        static Type numbered(int number) throws CorruptObjectException {
            for (Type type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            throw new CorruptObjectException("an object of the unknown type " + number);
        }

        static Type named(String word) throws CorruptObjectException {
            for (Type type : values()) {
                if (type.word().equals(word)) {
                    return type;
                }
            }
            throw new CorruptObjectException("an object of an unknown type");
        }

        /** Git's own name of the type. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
