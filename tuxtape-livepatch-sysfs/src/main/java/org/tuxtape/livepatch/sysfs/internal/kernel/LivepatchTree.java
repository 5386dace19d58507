package org.tuxtape.livepatch.sysfs.internal.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/**
 * {@code /sys/kernel/livepatch}. What vanishes while it is read is left out; what is not known is passed over.
 *
 * @see <a href="https://www.kernel.org/doc/Documentation/ABI/testing/sysfs-kernel-livepatch">its description</a>
 */
public final class LivepatchTree {
    private static final Logger LOG = LoggerFactory.getLogger(LivepatchTree.class);
    private static final Comparator<Livepatch> BY_STACK =
            Comparator.comparingInt(livepatch -> livepatch.stackOrder().orElse(0));

    private final Path kernel;
    private final Path root;
    private final Path modules;

    /**
     * Creates the view.
     *
     * @param files the kernel's files
     */
    public LivepatchTree(KernelFiles files) {
        this.kernel = files.sys().resolve("kernel");
        this.root = kernel.resolve("livepatch");
        this.modules = files.sys().resolve("module");
    }

    /**
     * Reads everything.
     *
     * @return every livepatch, by its place in the stack if all have one, else by name
     * @throws KernelAccessException if there is no sysfs, or it cannot be read
     */
    public List<Livepatch> loaded() {
        if (!Files.isDirectory(kernel)) {
            throw new KernelAccessException(kernel, "There is no sysfs: " + kernel + " is missing.");
        }
        List<Livepatch> livepatches = new ArrayList<>();
        for (String directory : KernelText.names(root)) {
            name(directory).flatMap(this::livepatch).ifPresent(livepatches::add);
        }
        if (livepatches.stream().allMatch(livepatch -> livepatch.stackOrder().isPresent())) {
            livepatches.sort(BY_STACK);
        }
        return List.copyOf(livepatches);
    }

    /**
     * Reads the name of a module.
     *
     * @param directory a directory in sysfs
     * @return the name; empty if no livepatch of ours could be called so
     */
    static Optional<LivepatchName> name(String directory) {
        try {
            return Optional.of(new LivepatchName(directory));
        } catch (IllegalArgumentException e) {
            LOG.debug("Passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Livepatch> livepatch(LivepatchName name) {
        Path directory = directory(name);
        List<PatchedObject> objects = new ArrayList<>();
        for (String object : KernelText.names(directory)) {
            if (Files.isDirectory(directory.resolve(object))) {
                object(directory.resolve(object), object).ifPresent(objects::add);
            }
        }
        Optional<Replacement> replacement = KernelText.readSwitch(directory.resolve("replace"))
                .map(replace -> replace ? Replacement.REPLACE_ALL : Replacement.STACK);
        OptionalInt stackOrder = KernelText.readNumber(directory.resolve("stack_order")).stream()
                .mapToInt(Long::intValue)
                .filter(place -> place > 0)
                .findFirst();
        // The state is read last, and around each other, so that nothing counts as in force that was not by then.
        boolean before = inTransition(name);
        Optional<Boolean> enabled = KernelText.readSwitch(directory.resolve("enabled"));
        boolean inTransition = inTransition(name) || before;
        return enabled.map(in -> in || (inTransition && isComing(name)))
                .map(in -> new Livepatch(name, in, inTransition, replacement, stackOrder, List.copyOf(objects)));
    }

    private static Optional<PatchedObject> object(Path directory, String objectName) {
        SortedSet<PatchedFunction> functions = new TreeSet<>();
        for (String function : KernelText.names(directory)) {
            int comma = function.lastIndexOf(',');
            if (comma < 0) {
                continue;
            }
            try {
                functions.add(new PatchedFunction(
                        new KernelObject(objectName),
                        function.substring(0, comma),
                        Integer.parseInt(function.substring(comma + 1))));
            } catch (IllegalArgumentException e) {
                LOG.debug("Passed over {}: {}", directory, e.getMessage());
            }
        }
        Optional<Boolean> patched = KernelText.readSwitch(directory.resolve("patched"));
        return Files.isDirectory(directory)
                ? Optional.of(new PatchedObject(objectName, patched, functions))
                : Optional.empty();
    }

    /**
     * Tells whether the transition of a livepatch is running: one small read.
     *
     * @param name the livepatch
     * @return {@code false} too if it is gone
     * @throws KernelAccessException if the file cannot be read
     */
    public boolean inTransition(LivepatchName name) {
        return KernelText.readSwitch(directory(name).resolve("transition")).orElse(false);
    }

    /**
     * Finds out where a livepatch is.
     *
     * @param name the livepatch
     * @return its phase
     * @throws KernelAccessException if the files cannot be read
     */
    public Phase phase(LivepatchName name) {
        boolean inTransition = inTransition(name);
        Optional<Boolean> enabled = KernelText.readSwitch(directory(name).resolve("enabled"));
        if (enabled.isEmpty()) {
            return Phase.GONE;
        }
        if (!inTransition) {
            return enabled.get() ? Phase.IN_FORCE : Phase.OUT_OF_FORCE;
        }
        return enabled.get() || isComing(name) ? Phase.PATCHING : Phase.UNPATCHING;
    }

    /** The kernel begins the transition of a new livepatch a moment before it calls it enabled. */
    private boolean isComing(LivepatchName name) {
        return KernelText.read(modules.resolve(name.text()).resolve("initstate"))
                .filter("coming"::equals)
                .isPresent();
    }

    /**
     * Enables or disables a livepatch; in the midst of its transition the opposite value turns it around.
     *
     * @param name the livepatch
     * @param enabled what it shall be
     * @throws KernelRefusal if the kernel does not do so
     */
    public void enable(LivepatchName name, boolean enabled) throws KernelRefusal {
        KernelText.write(directory(name).resolve("enabled"), enabled ? "1" : "0");
    }

    /**
     * Forces the transition of a livepatch.
     *
     * @param name the livepatch
     * @throws KernelRefusal if the kernel does not do so
     */
    public void force(LivepatchName name) throws KernelRefusal {
        KernelText.write(directory(name).resolve("force"), "1");
    }

    private Path directory(LivepatchName name) {
        return root.resolve(name.text());
    }
}
