package org.tuxtape.livepatch.sysfs.internal.transition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.BlockingTask.Kind;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * The tasks of a machine, by {@code /proc/PID/task/TID}, and which of them have not switched over.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class Tasks {
    /** More are counted, but not described: who waits for ten thousand tasks does not read their names. */
    private static final int MOST_DESCRIBED = 256;

    private static final int MOST_FRAMES = 64;
    private static final int TASKS_PER_STRIDE = 64;
    private static final long PF_KTHREAD = 0x0020_0000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    // 311 (nfsd) S 2 0 0 0 -1 2129984 ...: the state is field 3, the flags are field 9.
    private static final Pattern STAT =
            Pattern.compile("\\d+ \\((.*)\\) (\\S)(?: -?\\d+){5} (\\d+)(?: .*)?", Pattern.DOTALL);
    // [<0>] nfsd_dispatch+0x1/0x2 [nfsd]
    private static final Pattern FRAME = Pattern.compile("\\[<[0-9a-fx]+>] ([^ +]+)\\S*(?: \\[([^ \\]]+).*)?");

    private final Path proc;

    Tasks(KernelFiles files) {
        this.proc = files.proc();
    }

    /**
     * What was seen of the tasks.
     *
     * @param count how many there are; 0 if it may not be seen
     * @param remaining how many have not switched over
     * @param blocking the first of those, described
     */
    record Sight(int count, int remaining, List<BlockingTask> blocking) {
        static final Sight NONE = new Sight(0, 0, List.of());
    }

    /**
     * Looks at every task.
     *
     * @param direction where they are going
     * @param loaded the livepatches whose functions they may sleep on
     * @param goOn asked every few tasks; the look ends early once it says no
     * @return what was seen, nothing if it ended early or the tasks may not be seen
     */
    Sight look(TransitionDirection direction, List<Livepatch> loaded, BooleanSupplier goOn) {
        long target = direction == TransitionDirection.PATCHING ? 1 : 0;
        int count = 0;
        int remaining = 0;
        List<BlockingTask> blocking = new ArrayList<>();
        try {
            for (String pid : numbers(proc)) {
                Path threads = proc.resolve(pid).resolve("task");
                for (String tid : numbers(threads)) {
                    Path task = threads.resolve(tid);
                    Optional<Long> state = KernelText.readNumber(task.resolve("patch_state"));
                    if (state.isEmpty()) {
                        continue;
                    }
                    count++;
                    if (count % TASKS_PER_STRIDE == 0 && !goOn.getAsBoolean()) {
                        return Sight.NONE;
                    }
                    if (state.get() >= 0 && state.get() != target) {
                        remaining++;
                        if (blocking.size() < MOST_DESCRIBED) {
                            blocking.add(describe(Integer.parseInt(pid), Integer.parseInt(tid), task, loaded));
                        }
                    }
                }
            }
        } catch (KernelAccessException e) {
            return Sight.NONE;
        }
        return new Sight(count, remaining, List.copyOf(blocking));
    }

    private static List<String> numbers(Path directory) {
        return KernelText.names(directory).stream()
                .filter(name -> NUMBER.matcher(name).matches())
                .toList();
    }

    private static BlockingTask describe(int pid, int tid, Path task, List<Livepatch> loaded) {
        Matcher stat =
                STAT.matcher(KernelText.readIfAllowed(task.resolve("stat")).orElse(""));
        boolean known = stat.matches();
        String name = known
                ? stat.group(1)
                : KernelText.readIfAllowed(task.resolve("comm")).orElse("?");
        Kind kind = Kind.UNKNOWN;
        if (known) {
            kind = (Long.parseLong(stat.group(3)) & PF_KTHREAD) != 0 ? Kind.KERNEL_THREAD : Kind.USER;
        }
        char state = known ? stat.group(2).charAt(0) : '?';
        List<String> stack = new ArrayList<>();
        Optional<String> sleepsOn = Optional.empty();
        Suspects suspects = Suspects.of(loaded);
        for (String line : KernelText.readIfAllowed(task.resolve("stack"))
                .orElse("")
                .lines()
                .limit(MOST_FRAMES)
                .toList()) {
            Matcher frame = FRAME.matcher(line.strip());
            if (frame.matches()) {
                String function = KernelText.oneLine(frame.group(1));
                Optional<String> module = Optional.ofNullable(frame.group(2)).map(KernelText::oneLine);
                stack.add(module.map(from -> function + " [" + from + "]").orElse(function));
                if (sleepsOn.isEmpty() && suspects.hold(function, module)) {
                    sleepsOn = Optional.of(function);
                }
            }
        }
        return new BlockingTask(pid, tid, KernelText.oneLine(name), kind, state, stack, sleepsOn);
    }

    /**
     * What a task must not be in while it switches over: the functions that are replaced, and those that replace them.
     * While a livepatch replaces others, the functions that go back to the original are shown as its own too.
     */
    private record Suspects(Set<String> functions, Set<String> modules) {
        static Suspects of(List<Livepatch> loaded) {
            Set<String> functions = new HashSet<>();
            Set<String> modules = new HashSet<>();
            for (Livepatch livepatch : loaded) {
                modules.add(livepatch.name().text());
                livepatch.objects().forEach(object -> object.functions().forEach(own -> functions.add(own.name())));
            }
            return new Suspects(functions, modules);
        }

        boolean hold(String function, Optional<String> module) {
            return functions.contains(function)
                    || module.filter(modules::contains).isPresent();
        }
    }
}
