package org.tuxtape.livepatch.sysfs.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;

/** What keeps the real kernel from loading a livepatch: what is to be loaded, and what is done to the machine before. */
enum LoadFailure {
    OTHER_VERMAGIC(LabModule.PLAIN, Cause.OTHER_KERNEL, LoadFailure::withOtherRelease),
    CUT_OFF(LabModule.PLAIN, Cause.BROKEN_FILE, content -> Arrays.copyOf(content, content.length / 3)),
    SHORTER_THAN_A_HEADER(LabModule.PLAIN, Cause.BROKEN_FILE, content -> Arrays.copyOf(content, 20)),
    EMPTY(LabModule.PLAIN, Cause.BROKEN_FILE, content -> new byte[0]),
    TEXT(LabModule.PLAIN, Cause.BROKEN_FILE, content -> "no module".getBytes(StandardCharsets.US_ASCII)),
    NOT_MARKED_AS_A_LIVEPATCH(LabModule.UNMARKED, Cause.NOT_A_LIVEPATCH),
    NAME_TAKEN(LabModule.PLAIN, Cause.NAME_TAKEN) {
        @Override
        void prepare() {
            Guest.insmod(LabModule.PLAIN);
            SysfsController.ofThisMachine().disable(LabModule.PLAIN.livepatchName(), Guest.PATIENT, Context.standard());
        }
    },
    UNKNOWN_SYMBOL(LabModule.NO_SYMBOL, Cause.UNKNOWN_SYMBOL),
    NO_SUCH_FUNCTION(LabModule.NO_FUNCTION, Cause.NO_SUCH_FUNCTION),
    NO_SUCH_FUNCTION_IN_A_MODULE(LabModule.MISFIT, Cause.NO_SUCH_FUNCTION) {
        @Override
        void prepare() {
            Guest.insmod(LabModule.TARGET);
        }
    },
    FUNCTION_AT_NO_SUCH_PLACE(LabModule.NO_PLACE, Cause.NO_SUCH_FUNCTION),
    FUNCTION_OF_AN_AMBIGUOUS_NAME(LabModule.AMBIGUOUS, Cause.NO_SUCH_FUNCTION),
    KPROBE_IN_THE_WAY(LabModule.PLAIN, Cause.FUNCTION_HELD) {
        @Override
        void prepare() {
            Guest.insmod(LabModule.KPROBE);
        }
    },
    FTRACE_OFF(LabModule.PLAIN, Cause.FTRACE_OFF) {
        @Override
        void prepare() {
            Guest.write("/proc/sys/kernel/ftrace_enabled", "0");
        }

        @Override
        void undo() {
            Guest.write("/proc/sys/kernel/ftrace_enabled", "1");
        }
    },
    TRANSITION_RUNNING(LabModule.PLAIN, Cause.TRANSITION_RUNNING) {
        @Override
        void prepare() {
            Guest.insmod(LabModule.TARGET);
            Guest.write("/proc/tuxtape_target/gate", "close");
            SysfsController.ofThisMachine()
                    .load(
                            LabModule.DROWSY.module(),
                            new TransitionPolicy.LeaveRunning(Duration.ofSeconds(2)),
                            Context.standard());
        }
    },
    /** Which states a livepatch keeps stands in its code only, so nobody can foresee this one. */
    STATE_THAT_IT_DOES_NOT_KNOW(LabModule.SMALL, Cause.INCOMPATIBLE) {
        @Override
        void prepare() {
            Guest.insmod(LabModule.STATEFUL);
            SysfsController.ofThisMachine().watch(Guest.PATIENT, Context.standard());
        }

        @Override
        boolean isForeseeable() {
            return false;
        }
    },
    /** What a callback says, its code knows only. */
    CALLBACK_THAT_REFUSES(LabModule.UNWILLING, Cause.OTHER) {
        @Override
        boolean isForeseeable() {
            return false;
        }
    };

    private final LabModule module;
    private final Cause cause;

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda without state
    private final UnaryOperator<byte[]> damage;

    LoadFailure(LabModule module, Cause cause) {
        this(module, cause, UnaryOperator.identity());
    }

    LoadFailure(LabModule module, Cause cause, UnaryOperator<byte[]> damage) {
        this.module = module;
        this.cause = cause;
        this.damage = damage;
    }

    Cause cause() {
        return cause;
    }

    /** What to load: a copy, damaged where that is the failure. */
    LivepatchModule module(Path folder) {
        Path copy = folder.resolve(module.file().getFileName());
        try {
            Files.write(copy, damage.apply(Files.readAllBytes(module.file())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return module.module(copy);
    }

    /** Brings the machine into the state in which the load fails. */
    void prepare() {}

    /** Undoes what unloading everything does not. */
    void undo() {}

    boolean isForeseeable() {
        return true;
    }

    private static byte[] withOtherRelease(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int place = text.indexOf("vermagic=") + "vermagic=".length();
        char digit = text.charAt(place);
        content[place] = (byte) (digit == '9' ? '8' : digit + 1);
        return content;
    }
}
