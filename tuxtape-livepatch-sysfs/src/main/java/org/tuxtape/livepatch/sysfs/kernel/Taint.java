package org.tuxtape.livepatch.sysfs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What has happened to a kernel since it booted that a reader of its log has to know. Bits are never taken back.
 *
 * @param mask the number in {@code /proc/sys/kernel/tainted}; bits without a {@link Flag} are kept
 * @see <a href="https://docs.kernel.org/admin-guide/tainted-kernels.html">Tainted kernels</a>
 * @since 0.1
 */
public record Taint(long mask) {

    /** The kernel's taints, from bit 0 on, by the letters that a trace shows. */
    public enum Flag {
        /** A module under a proprietary license was loaded. */
        PROPRIETARY_MODULE(0, 'P'),
        /** A module was loaded by force. */
        FORCED_MODULE(1, 'F'),
        /** The kernel runs on a system out of its specification. */
        CPU_OUT_OF_SPEC(2, 'S'),
        /** A module was removed by force. */
        FORCED_RMMOD(3, 'R'),
        /** The processor reported a machine check. */
        MACHINE_CHECK(4, 'M'),
        /** A page was in a bad state. */
        BAD_PAGE(5, 'B'),
        /** A program asked for it. */
        USER(6, 'U'),
        /** The kernel died once: an oops or a BUG. */
        DIE(7, 'D'),
        /** A table of the firmware was overridden. */
        OVERRIDDEN_ACPI_TABLE(8, 'A'),
        /** The kernel warned. */
        WARN(9, 'W'),
        /** A driver of the staging tree was loaded. */
        STAGING_DRIVER(10, 'C'),
        /** A bug of the firmware was worked around. */
        FIRMWARE_WORKAROUND(11, 'I'),
        /** A module from outside the tree was loaded. */
        OUT_OF_TREE_MODULE(12, 'O'),
        /** A module without a valid signature was loaded. */
        UNSIGNED_MODULE(13, 'E'),
        /** A soft lockup occurred. */
        SOFT_LOCKUP(14, 'L'),
        /** A livepatch was loaded. */
        LIVEPATCH(15, 'K'),
        /** The distribution's own. */
        AUXILIARY(16, 'X'),
        /** The layout of structures was randomized. */
        RANDSTRUCT(17, 'T'),
        /** A test ran inside the kernel. */
        TEST(18, 'N'),
        /** A program changed a device through its debugging interface. */
        FWCTL(19, 'J');

        private final int bit;
        private final char letter;

        Flag(int bit, char letter) {
            this.bit = bit;
            this.letter = letter;
        }

        /**
         * Returns the letter that a trace shows.
         *
         * @return an upper-case letter
         */
        public char letter() {
            return letter;
        }
    }

    /**
     * Tells whether something has happened.
     *
     * @param flag what
     * @return whether its bit is set
     */
    public boolean has(Flag flag) {
        return (mask & 1L << flag.bit) != 0;
    }

    /**
     * Returns what has happened, as far as it has a name here.
     *
     * @return the flags that are set, from bit 0 on
     */
    public List<Flag> flags() {
        return Arrays.stream(Flag.values()).filter(this::has).toList();
    }

    /**
     * Returns the letters of the flags.
     *
     * @return for example {@code OEK}; empty if nothing has happened
     */
    public String letters() {
        return flags().stream().map(flag -> String.valueOf(flag.letter())).collect(Collectors.joining());
    }
}
