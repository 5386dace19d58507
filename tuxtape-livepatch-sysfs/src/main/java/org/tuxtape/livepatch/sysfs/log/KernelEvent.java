package org.tuxtape.livepatch.sysfs.log;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.livepatch.LivepatchName;

/**
 * What messages of the kernel's log mean. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface KernelEvent {

    /**
     * Returns when it began, by the kernel's own clock.
     *
     * @return the time since boot
     */
    Duration sinceBoot();

    /**
     * The livepatch core, or the loading of a module, said something.
     *
     * @param sinceBoot when
     * @param kind what it is about
     * @param livepatch the livepatch or module that it names; empty if it names none
     * @param text the message
     */
    record Livepatching(Duration sinceBoot, Step kind, Optional<LivepatchName> livepatch, String text)
            implements KernelEvent {
        /** Rejects {@code null}. */
        public Livepatching {
            Objects.requireNonNull(sinceBoot, "sinceBoot");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(livepatch, "livepatch");
            Objects.requireNonNull(text, "text");
        }
    }

    /** What a message of the livepatch core is about. Later major versions may add some. */
    enum Step {
        /** A livepatch is being enabled. */
        ENABLING,
        /** A transition starts, is prepared, or is about to complete. */
        TRANSITION,
        /** A transition goes the other way from now on. */
        REVERSING,
        /** The kernel signals the tasks that have not switched over. */
        SIGNALING,
        /** Every task runs the patched functions. */
        PATCHED,
        /** Every task runs the original functions. */
        UNPATCHED,
        /** A module that is being loaded is patched. */
        PATCHING_MODULE,
        /** Something failed or was refused; the text says what. */
        FAILED,
        /** Anything else. */
        OTHER
    }

    /**
     * Something went wrong in the kernel.
     *
     * @param sinceBoot when its first message was written
     * @param kind its class
     * @param title the message that says what happened
     * @param trace where the processor was and the functions of its call trace, the innermost first, with
     *     {@code [module]} after those of modules as the kernel prints them, for example
     *     {@code show+0x5/0x20 [livepatch_a]}; without those that the kernel marks as guesses ({@code ?}); at most 256,
     *     empty if there are none. Where a report holds several traces, they follow each other
     * @param modules the modules of these functions and of the one in the title, by the running kernel's names
     */
    record Trouble(Duration sinceBoot, TroubleKind kind, String title, List<String> trace, SortedSet<String> modules)
            implements KernelEvent {
        /** Copies the collections. */
        public Trouble {
            Objects.requireNonNull(sinceBoot, "sinceBoot");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(title, "title");
            trace = List.copyOf(trace);
            modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
        }
    }

    /** The classes of trouble. Later major versions may add some. */
    enum TroubleKind {
        /** {@code WARNING:}, the kernel goes on. */
        WARNING,
        /** {@code BUG:}, for example a scheduling while atomic. */
        BUG,
        /** {@code Oops}, a null pointer, a page fault in the kernel: the task died. */
        OOPS,
        /** {@code general protection fault}. */
        GENERAL_PROTECTION,
        /** {@code kernel BUG at}. */
        KERNEL_BUG,
        /** A report of KASAN, UBSAN, KCSAN or KFENCE. */
        SANITIZER,
        /** {@code INFO: task ... blocked for more than}. */
        HUNG_TASK,
        /** {@code watchdog: BUG: soft lockup}. */
        SOFT_LOCKUP,
        /** A hard lockup. */
        HARD_LOCKUP,
        /** {@code rcu: INFO: ... detected stalls}. */
        RCU_STALL,
        /** The machine stops: {@code Kernel panic}. */
        PANIC
    }

    /**
     * Messages were overwritten before they could be read, so nothing is known of that time.
     *
     * @param sinceBoot when the next message that was read was written
     * @param messages how many
     */
    record Lost(Duration sinceBoot, long messages) implements KernelEvent {
        /** Rejects {@code null}. */
        public Lost {
            Objects.requireNonNull(sinceBoot, "sinceBoot");
        }
    }
}
