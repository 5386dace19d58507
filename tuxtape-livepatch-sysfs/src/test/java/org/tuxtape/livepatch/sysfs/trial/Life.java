package org.tuxtape.livepatch.sysfs.trial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;

/** The life of a process that is killed at a given step. What it had done stays; what it does after that, does nothing. */
final class Life {
    private int left;
    private boolean over;
    private boolean halts;

    private Life(int steps) {
        this.left = steps;
    }

    static Life of(int steps) {
        return new Life(steps);
    }

    /** Ends this process for real. */
    Life halting() {
        halts = true;
        return this;
    }

    boolean isOver() {
        return over;
    }

    /** Thrown where a real process would simply be gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    void step() {
        over |= left-- == 0;
        live();
    }

    void live() {
        if (over && halts) {
            Runtime.getRuntime().halt(StoreProcess.HALTED);
        }
        if (over) {
            throw new Killed();
        }
    }

    /** The disk of a machine on which this process writes: a write has a middle. */
    Disk disk() {
        return new Disk() {
            @Override
            public void write(Path file, InputStream content) throws IOException {
                step();
                byte[] bytes = content.readAllBytes();
                Disk.REAL.write(file, new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2)));
                step();
                Disk.REAL.write(file, new ByteArrayInputStream(bytes));
            }

            @Override
            public void rename(Path from, Path to) throws IOException {
                step();
                Disk.REAL.rename(from, to);
            }

            @Override
            public void sync(Path directory) throws IOException {
                step();
                Disk.REAL.sync(directory);
            }

            @Override
            public void createDirectory(Path directory) throws IOException {
                step();
                Disk.REAL.createDirectory(directory);
            }

            @Override
            public void delete(Path file) throws IOException {
                step();
                Disk.REAL.delete(file);
            }
        };
    }

    /** The kernel as this process asks it: a change may be made although nobody lives to hear of it. */
    LivepatchController asking(LivepatchController kernel) {
        return new LivepatchController() {
            @Override
            public List<Livepatch> loaded() {
                live();
                return kernel.loaded();
            }

            @Override
            public LoadPlan plan(LivepatchModule module) {
                live();
                return kernel.plan(module);
            }

            @Override
            public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
                step();
                TransitionOutcome outcome = kernel.load(module, policy, context);
                step();
                return outcome;
            }

            @Override
            public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
                step();
                TransitionOutcome outcome = kernel.disable(name, policy, context);
                step();
                return outcome;
            }

            @Override
            public TransitionOutcome unload(LivepatchName name, Context context) {
                step();
                TransitionOutcome outcome = kernel.unload(name, context);
                step();
                return outcome;
            }
        };
    }
}
