package org.tuxtape.livepatch.sysfs.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.livepatch.sysfs.log.KernelEvent.TroubleKind;

/** Trouble while the kernel is telling of it: its title, and the functions of its trace. */
final class TroubleReport {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_MESSAGES = 4096;
    private static final int MOST_FUNCTIONS = 256;
    private static final int LONGEST_TITLE = 512;

    /** {@code name+0x1c/0x40 [module]}, the module perhaps with its build id. */
    private static final Pattern FUNCTION = Pattern.compile("(?<function>[A-Za-z_.$][\\w.$]{0,511}"
            + "\\+0x[0-9a-f]{1,16}/0x[0-9a-f]{1,16})(?: \\[(?<module>[\\w-]{1,64})(?: [0-9a-f]{1,64})?\\])?");

    /**
     * A line of a trace, with the addresses that some architectures print before. A {@code ?} marks what was found on
     * the stack without belonging to the chain of calls: it proves nothing, so it does not match.
     */
    private static final Pattern FRAME =
            Pattern.compile("\\(?(?:\\[[<>0-9a-f]{1,20}\\] ?){0,2}" + FUNCTION + ".{0,40}");

    /** Where the processor was: x86 in kernel mode, arm64, riscv, powerpc. arm64's lr may be stale, so it is left out. */
    private static final Pattern PLACE = Pattern.compile(
            "(?:RIP: [0-9a-f]{4}:|EIP: |pc : |epc : |NIP \\[[0-9a-f]{1,16}\\] )" + FUNCTION + ".{0,600}");

    private static final Pattern GUESS = Pattern.compile("\\(?(?:\\[[<>0-9a-f]{1,20}\\] ?){0,2}\\? .*");
    private static final Pattern STACK = Pattern.compile("Call [Tt]race:.*|</?(?:TASK|IRQ|SOFTIRQ|NMI|#\\w+|ENTRY)>.*");
    private static final Pattern LAST = Pattern.compile("---\\[ end (?:trace|Kernel panic).*");
    private static final Pattern RULE = Pattern.compile("={60,}");

    /** What a task's death is announced as before it is called one. */
    private static final Set<TroubleKind> DEADLY =
            EnumSet.of(TroubleKind.OOPS, TroubleKind.KERNEL_BUG, TroubleKind.GENERAL_PROTECTION, TroubleKind.BUG);

    /** What goes on behind the trace of the task itself: who allocated and freed, what other processors do. */
    private static final Set<TroubleKind> SEVERAL_TRACES = EnumSet.of(TroubleKind.SANITIZER, TroubleKind.RCU_STALL);

    /** What ends with its trace, without a mark. */
    private static final Set<TroubleKind> UNMARKED = EnumSet.of(TroubleKind.BUG, TroubleKind.HUNG_TASK);

    private final Duration began;
    private final String title;
    private final List<String> trace = new ArrayList<>();
    private final SortedSet<String> modules = new TreeSet<>();
    private TroubleKind kind;
    private Duration last;
    private int messages;
    private boolean inStack;

    TroubleReport(TroubleKind kind, Duration began, String title) {
        this.kind = kind;
        this.began = began;
        this.last = began;
        this.title = title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE);
        Matcher function = FUNCTION.matcher(this.title);
        while (function.find()) {
            addModule(function);
        }
    }

    /**
     * Tells whether a title is the second one of this trouble, and takes it in.
     *
     * @param text the message without space around it
     * @return whether it is
     */
    boolean goesOnWith(String text) {
        boolean second = trace.isEmpty() && DEADLY.contains(kind) && TroubleTitle.isDeath(text);
        if (second && kind == TroubleKind.BUG) {
            kind = TroubleKind.OOPS;
        }
        return second;
    }

    /**
     * Takes the next message of the same writer.
     *
     * @param now when it was written
     * @param text the message without space around it
     * @return whether it was the last one
     */
    boolean read(Duration now, String text) {
        last = now;
        messages++;
        if (LAST.matcher(text).matches() || messages == MOST_MESSAGES) {
            return true;
        }
        if (kind == TroubleKind.SANITIZER && RULE.matcher(text).matches()) {
            return true;
        }
        if (text.startsWith("</TASK>") && !SEVERAL_TRACES.contains(kind)) {
            return true;
        }
        Matcher place = PLACE.matcher(text);
        if (place.matches()) {
            add(place);
            return false;
        }
        if (STACK.matcher(text).matches()) {
            inStack = true;
            return false;
        }
        Matcher frame = FRAME.matcher(text);
        boolean isFrame = (inStack || SEVERAL_TRACES.contains(kind)) && frame.matches();
        if (isFrame) {
            add(frame);
        }
        return inStack && !isFrame && !GUESS.matcher(text).matches() && UNMARKED.contains(kind) && !trace.isEmpty();
    }

    /**
     * Tells whether it has not been spoken of for so long that nothing more will come.
     *
     * @param now when the next message of the log was written
     * @return whether that is so
     */
    boolean isOver(Duration now) {
        return now.minus(last).compareTo(LONGEST_PAUSE) > 0;
    }

    boolean hasManyWriters() {
        return kind == TroubleKind.RCU_STALL;
    }

    KernelEvent.Trouble event() {
        return new KernelEvent.Trouble(began, kind, title, trace, modules);
    }

    private void add(Matcher found) {
        addModule(found);
        String module = found.group("module");
        String function = found.group("function") + (module == null ? "" : " [" + module + "]");
        // The place of the fault is often the first line of the trace as well.
        boolean again = !trace.isEmpty() && trace.get(trace.size() - 1).equals(function);
        if (!again && trace.size() < MOST_FUNCTIONS) {
            trace.add(function);
        }
    }

    private void addModule(Matcher found) {
        String module = found.group("module");
        if (module != null && modules.size() < MOST_FUNCTIONS) {
            modules.add(module.replace('-', '_'));
        }
    }
}
