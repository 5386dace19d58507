package org.tuxtape.livepatch.sysfs.log;

import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.ENABLING;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.FAILED;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.OTHER;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.PATCHED;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.PATCHING_MODULE;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.REVERSING;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.SIGNALING;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.TRANSITION;
import static org.tuxtape.livepatch.sysfs.log.KernelEvent.Step.UNPATCHED;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.LivepatchName;

/**
 * What the livepatch core and the loading of modules say: kernel/livepatch/{core,transition,patch,shadow}.c,
 * kernel/module/{main,version,signing}.c and security/lockdown/lockdown.c of Linux 4.12 to 6.12. Some are said only
 * where dynamic debugging is on, the reversal of a transition among them.
 *
 * @param step what it is about
 * @param start how the message begins; may have a group {@code name}
 */
record LivepatchPhrase(KernelEvent.Step step, Pattern start) {
    private static final String QUOTED = "'(?<name>[\\w-]{1,55})'";
    private static final String MODULE = "(?<name>[\\w-]{1,55}): ";

    /** The first that fits counts. */
    private static final List<LivepatchPhrase> ALL = List.of(
            core(ENABLING, "enabling patch " + QUOTED),
            core(TRANSITION, QUOTED + ": (?:initializing|starting|completing) (?:un)?patching transition"),
            core(REVERSING, QUOTED + ": (?:reversing transition from|canceling patching transition)"),
            core(PATCHED, QUOTED + ": patching complete"),
            core(UNPATCHED, QUOTED + ": unpatching complete"),
            core(SIGNALING, "signaling remaining tasks"),
            core(PATCHING_MODULE, "applying patch " + QUOTED + " to loading module "),
            core(OTHER, "reverting patch " + QUOTED + " on unloading module "),
            core(FAILED, "patch " + QUOTED + " failed for module "),
            core(FAILED, "failed to (?:enable|apply|initialize) patch " + QUOTED),
            core(FAILED, "module (?<name>[\\w-]{1,55}) is not marked as a livepatch module"),
            core(FAILED, "Livepatch patch \\((?<name>[\\w-]{1,55})\\) is not compatible "),
            // Symbols, sections, objects, ftrace handlers, callbacks and shadow variables: they name no livepatch.
            core(
                    FAILED,
                    "(?:[Ff]ailed |unresolvable ambiguity |invalid access |kallsyms size lookup failed"
                            + "|pre-patch callback failed|vmlinux\\.ko: invalid module name"
                            + "|symbol .*not found|symbol .*not marked as |(?:symbol|section) .*incorrectly formatted )"),
            core(OTHER, ""),
            says(
                    OTHER,
                    MODULE + "(?:tainting kernel with TAINT_LIVEPATCH|module verification failed: "
                            + "|loading out-of-tree module taints kernel)"),
            says(
                    FAILED,
                    MODULE + "(?:version magic '|disagrees about version of symbol |no symbol version for "
                            + "|Unknown symbol |exports duplicate symbol |module using GPL-only symbols "
                            + "|module is marked as livepatch module, but|module has no symbols |module is already loaded"
                            + "|section .* has invalid WRITE\\|EXEC flags|Symbol .* has an invalid section index )"),
            says(FAILED, "[Mm]odule (?<name>[\\w-]{1,55})(?: is blacklisted|: Only one |: \\.gnu\\.linkonce)"),
            says(FAILED, "Loading of .*module.* is rejected"),
            says(FAILED, "Lockdown: .* module loading is restricted"),
            says(
                    FAILED,
                    "Invalid (?:ELF |module architecture |architecture in ELF )|ELF Spec violation: "
                            + "|module: .*[Ii]nvalid relocation "));

    private static LivepatchPhrase core(KernelEvent.Step step, String start) {
        return says(step, "livepatch: " + start);
    }

    private static LivepatchPhrase says(KernelEvent.Step step, String start) {
        return new LivepatchPhrase(step, Pattern.compile(start));
    }

    /**
     * Reads a message.
     *
     * @param entry a message of the kernel
     * @return what it says of livepatches or modules; empty if nothing
     */
    static Optional<KernelEvent> read(LogEntry entry) {
        for (LivepatchPhrase phrase : ALL) {
            Matcher said = phrase.start.matcher(entry.text());
            if (said.lookingAt()) {
                return Optional.of(
                        new KernelEvent.Livepatching(entry.sinceBoot(), phrase.step, name(said), entry.text()));
            }
        }
        return Optional.empty();
    }

    private static Optional<LivepatchName> name(Matcher said) {
        return said.pattern().pattern().contains("(?<name>")
                ? Optional.of(LivepatchName.parse(said.group("name")))
                : Optional.empty();
    }
}
