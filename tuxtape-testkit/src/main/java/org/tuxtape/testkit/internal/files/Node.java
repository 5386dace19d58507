package org.tuxtape.testkit.internal.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a path leads to, as it is at this moment. */
public sealed interface Node {

    /**
     * A directory.
     *
     * @param entries what is in it now, by name
     */
    record Directory(Supplier<Map<String, Node>> entries) implements Node {}

    /**
     * A small file that the kernel makes up when it is read, and acts upon when it is written.
     *
     * @param readable whether the caller may open it to read
     * @param writable whether the caller may open it to write
     * @param reading makes the content
     * @param writing takes what one write brings
     */
    record Attribute(boolean readable, boolean writable, Supplier<byte[]> reading, Writing writing) implements Node {

        /**
         * Returns one that holds text.
         *
         * @param readable whether the caller may open it to read
         * @param writable whether the caller may open it to write
         * @param text makes the text
         * @param writing takes what one write brings
         * @return the file
         */
        public static Attribute text(boolean readable, boolean writable, Supplier<String> text, Writing writing) {
            return new Attribute(readable, writable, () -> text.get().getBytes(StandardCharsets.UTF_8), writing);
        }

        /**
         * Returns one that holds text, which nobody may write.
         *
         * @param readable whether the caller may read it
         * @param text makes the text
         * @return the file
         */
        public static Attribute readOnly(boolean readable, Supplier<String> text) {
            return text(readable, false, text, written -> {});
        }
    }

    /**
     * A file that gives one record for each read.
     *
     * @param refusal why the caller may not open it; empty if that is allowed
     * @param records the records
     */
    record Log(Optional<String> refusal, Records records) implements Node {}

    /** Takes what is written. */
    @FunctionalInterface
    interface Writing {
        /**
         * Acts upon one write.
         *
         * @param text what was written
         * @throws IOException if it is refused; its message is the error's text
         */
        void write(String text) throws IOException;
    }

    /** Numbered records, of which the oldest may be gone. */
    interface Records {
        /**
         * Returns the number of the oldest record that is there, or of the next if there is none.
         *
         * @return the number
         */
        long oldest();

        /**
         * Returns the number that the next record will get.
         *
         * @return the number
         */
        long next();

        /**
         * Returns a record.
         *
         * @param number from {@link #oldest()} to below {@link #next()}
         * @return its text
         */
        String get(long number);
    }
}
