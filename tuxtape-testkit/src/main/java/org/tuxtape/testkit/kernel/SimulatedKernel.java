package org.tuxtape.testkit.kernel;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.testkit.internal.files.PseudoFileSystem;

/**
 * A kernel in memory. Below {@link #root()} lie {@code sys}, {@code proc} and {@code dev/kmsg}, to be read and written with
 * {@link java.nio.file.Files} as on a real machine; modules come and go by {@link #insmod} and {@link #rmmod}. A controller
 * of livepatches that takes its paths as arguments is tested on it without privilege and without waiting:
 *
 * <pre>{@code
 * ManualClock clock = ManualClock.create();
 * SimulatedKernel kernel = SimulatedKernel.builder(release).clock(clock).build().offer(module);
 * kernel.stall(SimulatedTask.kernelThread(311, "nfsd").sleepingOn("nfsd_dispatch"));
 * kernel.insmod(module.file());
 * clock.advance(Duration.ofSeconds(16));
 * Files.readString(kernel.root().resolve("sys/kernel/livepatch/fix/transition"));    // "1\n"
 * }</pre>
 *
 * <p>It does what Linux 6.12 does, with the attributes of later ones: one transition at a time, whose tasks go over one by
 * one while the kernel looks once a second whether all have; one log line about signals after 15 looks; a transition turned
 * around by the opposite value, {@code EINVAL} for the same value and for enabling again, {@code EBUSY} in another's
 * transition; the directory of a disabled or replaced livepatch, and the reference to its module, which go a while after
 * the end; functions that a replace hands back shown as its own until its transition ends; modules that are patched when
 * they are loaded, or refused. Taken out by force, a module is never unreferenced.
 *
 * <p>It does not: run code, callbacks or shadow variables; know the state versions of livepatches; send signals, so a
 * stalled task sleeps on until it is {@linkplain #resume resumed}; wake who waits for a log record, since reading behind
 * the last one gives the end of the file; take time for anything but tasks and removal. A {@code .ko} is what was
 * {@linkplain #offer offered}, whatever the file holds. There are no links, owners or permissions to ask for: whether a
 * file may be opened shows when it is, and in {@link java.nio.file.Files#isWritable}. Only channels that
 * {@link java.nio.file.Files} opens are offered, no {@link java.nio.channels.FileChannel}.
 *
 * <p>Time is only that of the clock: what happens by itself has happened when somebody looks. Safe for use by several
 * threads.
 *
 * @see <a href="https://docs.kernel.org/livepatch/livepatch.html">Livepatch</a>
 * @see <a href="https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-kernel-livepatch">its sysfs interface</a>
 * @since 0.1
 */
public final class SimulatedKernel {
    private static final Duration UP_BEFORE = Duration.ofSeconds(100);

    private final Object lock = new Object();
    private final Clock clock;
    private final LogBuffer log;
    private final TaskList tasks;
    private final LivepatchCore core;
    private final Modules modules;
    private final Set<PatchedFunction> wanted = new TreeSet<>();
    private final PseudoFileSystem files;
    private final Path moduleDirectory;

    private SimulatedKernel(Builder builder) {
        clock = builder.clock;
        Instant boot = clock.instant().minus(UP_BEFORE);
        log = new LogBuffer(boot, builder.logCapacity);
        tasks = new TaskList(builder.tasks, builder.pace);
        Symbols symbols = new Symbols(builder.symbols, wanted);
        core = new LivepatchCore(log, tasks, symbols, builder.removal);
        modules = new Modules(
                new Modules.Rules(
                        builder.release,
                        builder.signaturesEnforced,
                        builder.lockdown,
                        builder.removal.plus(builder.reference)),
                log,
                core,
                symbols);
        KernelTree tree = new KernelTree(
                new KernelTree.Fixed(
                        builder.release,
                        builder.buildId,
                        builder.commandLine,
                        builder.lockdown,
                        builder.signaturesEnforced,
                        Set.copyOf(builder.without)),
                new KernelTree.Parts(core, modules, symbols, tasks, log),
                clock,
                boot);
        files = new PseudoFileSystem(lock, () -> {
            core.settle(clock.instant());
            return tree.root();
        });
        moduleDirectory = root().resolve("lib/modules").resolve(builder.release.text());
        log.print(boot, LogBuffer.NOTICE, "Linux version " + builder.release);
    }

    /**
     * Begins to set up a kernel.
     *
     * @param release what it calls itself
     * @return a builder of one that has every attribute, a few tasks, and nothing loaded
     */
    public static Builder builder(KernelRelease release) {
        return new Builder(release);
    }

    /** Sets up a kernel. Not safe for use by several threads. */
    public static final class Builder {
        private final KernelRelease release;
        private final Set<String> without = new HashSet<>();
        private Clock clock = Clock.systemUTC();
        private List<SimulatedTask> tasks = List.of(
                SimulatedTask.user(1, "systemd"),
                SimulatedTask.kernelThread(2, "kthreadd"),
                SimulatedTask.kernelThread(14, "ksoftirqd/0"),
                SimulatedTask.user(700, "sshd"),
                SimulatedTask.user(800, "java"),
                SimulatedTask.user(800, "java").thread(801));
        private List<String> symbols = List.of();
        private Duration pace = Duration.ofMillis(50);
        private Duration removal = Duration.ofMillis(30);
        private Duration reference = Duration.ofMillis(70);
        private String buildId = "5f".repeat(20);
        private String commandLine = "quiet";
        private String lockdown = "none";
        private boolean signaturesEnforced;
        private int logCapacity = 1000;

        private Builder(KernelRelease release) {
            this.release = Objects.requireNonNull(release, "release");
        }

        /**
         * Sets what the kernel takes its time from.
         *
         * @param newClock normally a {@link org.tuxtape.testkit.ManualClock}; without one it is the system's
         * @return this builder
         */
        public Builder clock(Clock newClock) {
            clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Sets the tasks.
         *
         * @param ordinary none of them stalled, with different {@code tid}s
         * @return this builder
         */
        public Builder tasks(SimulatedTask... ordinary) {
            tasks = List.of(ordinary);
            return this;
        }

        /**
         * Sets how long one task after the other takes to go over. At zero all go at once, and a transition that nobody
         * stalls has ended before {@link SimulatedKernel#insmod} returns, as on an idle machine.
         *
         * @param perTask zero or more; 50 ms if it is not set
         * @return this builder
         */
        public Builder pace(Duration perTask) {
            pace = Objects.requireNonNull(perTask, "perTask");
            return this;
        }

        /**
         * Sets how long the rest of a livepatch stays that was disabled or replaced.
         *
         * @param directory until its directory is removed, 30 ms if it is not set
         * @param reference from then on until its module is no longer in use, 70 ms if it is not set
         * @return this builder
         */
        public Builder removal(Duration directory, Duration reference) {
            removal = Objects.requireNonNull(directory, "directory");
            this.reference = Objects.requireNonNull(reference, "reference");
            return this;
        }

        /**
         * Names every function of the kernel image, which then has no other.
         *
         * @param functions repeated where there are several of a name; without this the image has every function
         * @return this builder
         */
        public Builder symbols(String... functions) {
            symbols = List.of(functions);
            return this;
        }

        /**
         * Tells this build of the kernel from others of the same release.
         *
         * @param hexadecimal the build id in {@code /sys/kernel/notes}, two digits for each byte; 20 times {@code 5f} if
         *     it is not set
         * @return this builder
         */
        public Builder buildId(String hexadecimal) {
            buildId = Objects.requireNonNull(hexadecimal, "hexadecimal");
            return this;
        }

        /**
         * Sets what the kernel was booted with.
         *
         * @param words what {@code /proc/cmdline} holds; {@code quiet} if it is not set
         * @return this builder
         */
        public Builder commandLine(String words) {
            commandLine = Objects.requireNonNull(words, "words");
            return this;
        }

        /**
         * Takes files or directories away that older kernels, or kernels of another configuration, do not have.
         *
         * @param names for example {@code replace}, {@code stack_order}, {@code patched} or {@code lockdown}; all of the
         *     name are gone
         * @return this builder
         */
        public Builder without(String... names) {
            without.addAll(List.of(names));
            return this;
        }

        /**
         * Locks the kernel down: it lets no unsigned module in, and those offered are unsigned.
         *
         * @param level {@code none}, {@code integrity} or {@code confidentiality}
         * @return this builder
         */
        public Builder lockdown(String level) {
            lockdown = Objects.requireNonNull(level, "level");
            return this;
        }

        /**
         * Makes the kernel insist on signatures, which the modules offered do not have.
         *
         * @return this builder
         */
        public Builder signaturesEnforced() {
            signaturesEnforced = true;
            return this;
        }

        /**
         * Sets how many records the log keeps. Who reads too slowly meets {@code Broken pipe} once, and goes on with the
         * oldest.
         *
         * @param records at least one; 1000 if it is not set
         * @return this builder
         */
        public Builder logCapacity(int records) {
            logCapacity = records;
            return this;
        }

        /**
         * Boots the kernel.
         *
         * @return a new kernel
         */
        public SimulatedKernel build() {
            return new SimulatedKernel(this);
        }
    }

    /**
     * Returns the root of its files.
     *
     * @return {@code /}, of a file system of its own
     */
    public Path root() {
        return files.getPath("/");
    }

    /**
     * Says what a file holds, so that it can be loaded.
     *
     * @param module the file, which need not exist, and what is in it
     * @return this kernel
     */
    public SimulatedKernel offer(LivepatchModule module) {
        synchronized (lock) {
            modules.offer(module);
            module.manifest().functions().forEach(function -> wanted.add(function.asRunning()));
            return this;
        }
    }

    /**
     * Makes a module and puts it into the kernel's own file system, below {@code lib/modules/RELEASE}, so that it can be
     * read as well as loaded: an {@link org.tuxtape.testkit.sample.ElfModule} with the name, the version magic and the
     * functions of the manifest.
     *
     * @param manifest what the module is; the digest in it does not matter
     * @return the module, with its true digest in its manifest
     */
    public LivepatchModule install(Manifest manifest) {
        synchronized (lock) {
            byte[] image = ModuleImage.of(manifest);
            Path file = moduleDirectory.resolve(manifest.name() + ".ko");
            modules.keep(file.getFileName().toString(), image);
            LivepatchModule module = new LivepatchModule(file, ModuleImage.describing(image, manifest));
            offer(module);
            return module;
        }
    }

    /**
     * Returns the version magic that a module has to have to fit.
     *
     * @return the release and the options
     */
    public String vermagic() {
        return modules.vermagic();
    }

    /**
     * Refuses to load a livepatch, whatever else would be the case.
     *
     * @param name the livepatch
     * @param errno the error number's name, for example {@code ENOMEM}
     * @param line what the kernel logs about it
     * @return this kernel
     */
    public SimulatedKernel refuse(LivepatchName name, String errno, String line) {
        synchronized (lock) {
            modules.refuse(name, errno, line);
            return this;
        }
    }

    /**
     * Loads a module as {@code finit_module} does. It returns when the transition has begun.
     *
     * @param ko a file that was {@linkplain #offer offered}; any other is {@code ENOEXEC}
     * @throws KernelError if it is refused
     */
    public void insmod(Path ko) throws KernelError {
        synchronized (lock) {
            modules.insert(ko, settled());
        }
    }

    /**
     * Removes a module as {@code delete_module} does with {@code O_NONBLOCK}.
     *
     * @param name the module
     * @throws KernelError if it is refused: {@code ENOENT} if there is none, {@code EWOULDBLOCK} if it is in use
     */
    public void rmmod(LivepatchName name) throws KernelError {
        synchronized (lock) {
            modules.remove(name.text(), settled());
        }
    }

    /**
     * Loads an ordinary module. Livepatches that wait for it patch it before it runs.
     *
     * @param objectName its name as the kernel spells it
     * @param functions every function that it has, repeated where it has several of a name; none if it has whatever is
     *     asked for
     * @throws KernelError if it is loaded already, or a livepatch cannot patch it: the kernel then refuses the module
     */
    public void loadObject(String objectName, String... functions) throws KernelError {
        synchronized (lock) {
            modules.insertOrdinary(objectName, List.of(functions), settled());
        }
    }

    /**
     * Removes an ordinary module.
     *
     * @param objectName its name as the kernel spells it
     * @throws KernelError if there is none
     */
    public void unloadObject(String objectName) throws KernelError {
        synchronized (lock) {
            modules.removeOrdinary(objectName, settled());
        }
    }

    /**
     * Lets a task sleep where it cannot switch over: in each transition that changes the function it sleeps on. One that
     * has switched over before stays so, and does not hinder the way back.
     *
     * @param task a new task, or one that there is, by its {@code tid}
     * @return this kernel
     */
    public SimulatedKernel stall(SimulatedTask task) {
        synchronized (lock) {
            tasks.stall(task, settled());
            return this;
        }
    }

    /**
     * Lets a stalled task go on. It switches over at once; the kernel sees it when it looks next, within a second.
     *
     * @param task the task
     * @throws IllegalArgumentException if no such task is stalled
     */
    public void resume(SimulatedTask task) {
        synchronized (lock) {
            tasks.resume(task.tid(), settled());
        }
    }

    /** Lets every stalled task go on, as {@link #resume} does. */
    public void resumeAll() {
        synchronized (lock) {
            tasks.resumeAll(settled());
        }
    }

    /**
     * Takes the privileges away from whoever calls, from now on: nothing can be written, loaded or removed, and neither the
     * log, nor stacks nor patch states can be read.
     *
     * @return this kernel
     */
    public SimulatedKernel unprivileged() {
        synchronized (lock) {
            modules.dropPrivilege();
            return this;
        }
    }

    /**
     * Makes a file vanish between being opened and being read or written, the next time that somebody does so.
     *
     * @param file a file of this kernel
     * @return this kernel
     */
    public SimulatedKernel vanishWhileRead(Path file) {
        files.vanishWhileRead(file);
        return this;
    }

    /**
     * Writes a message into the kernel's log.
     *
     * @param level its severity, 0 (emergency) to 7 (debug)
     * @param text one line
     * @return this kernel
     */
    public SimulatedKernel print(int level, String text) {
        synchronized (lock) {
            log.print(settled(), level, text);
            return this;
        }
    }

    private Instant settled() {
        Instant now = clock.instant();
        core.settle(now);
        return now;
    }
}
