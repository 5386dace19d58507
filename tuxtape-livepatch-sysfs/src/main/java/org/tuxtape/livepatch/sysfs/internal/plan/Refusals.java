package org.tuxtape.livepatch.sysfs.internal.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;

/**
 * What the kernel meant when it refused a module: its error number, and the line that it wrote to its log.
 *
 * @see <a href="https://github.com/torvalds/linux/tree/master/kernel/livepatch">kernel/livepatch, with kernel/module and
 *     kernel/trace the source of the lines</a>
 */
public final class Refusals {
    // In the order of their worth: the first that has a line explains, so causes stand before their consequences.
    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    "EPERM",
                    "Module (\\S+) is blacklisted",
                    Cause.NOT_PERMITTED,
                    "Boot without it in module_blacklist."),
            new Sign(
                    "EPERM",
                    "Lockdown: .* is restricted",
                    Cause.SIGNATURE,
                    "Sign the module with a key that the kernel trusts, or boot without lockdown."),
            new Sign(
                    "EPERM EKEYREJECTED ENOKEY EBADMSG",
                    "Loading of .* is rejected",
                    Cause.SIGNATURE,
                    "Sign the module with a key that the kernel trusts."),
            new Sign(
                    "ENOEXEC",
                    "version magic '(.*)' should be '(.*)'",
                    Cause.OTHER_KERNEL,
                    "Build the module for the kernel that runs."),
            new Sign(
                    "ENOEXEC",
                    "section size must match the kernel's built struct module size",
                    Cause.OTHER_KERNEL,
                    "Build the module for the kernel that runs."),
            new Sign(
                    "ENOEXEC EINVAL",
                    "disagrees about version of symbol (\\S+)",
                    Cause.OTHER_KERNEL,
                    "Build the module for the kernel that runs."),
            new Sign(
                    "ENOEXEC",
                    "Invalid (?:module )?architecture in ELF header",
                    Cause.OTHER_KERNEL,
                    "Build the module for the processor of this machine."),
            new Sign(
                    "ENOEXEC",
                    "livepatch support is disabled",
                    Cause.NO_LIVEPATCH_SUPPORT,
                    "Only a kernel with CONFIG_LIVEPATCH can load it."),
            new Sign(
                    "ENOEXEC",
                    "Invalid ELF|ELF Spec violation|empty section name table|module has no symbols|Only one \\.",
                    Cause.BROKEN_FILE,
                    "The file is damaged, compressed, or no module: get it again."),
            new Sign(
                    "ENOENT ENOEXEC EINVAL EBUSY",
                    "Unknown symbol (\\S+)",
                    Cause.UNKNOWN_SYMBOL,
                    "Load the module that exports it, or build this one for the kernel that runs."),
            new Sign(
                    "EINVAL",
                    "uses symbol .* from namespace (\\S+), but does not import it",
                    Cause.UNKNOWN_SYMBOL,
                    "Build the module with that namespace imported."),
            new Sign(
                    "EINVAL",
                    "symbol '(.*)' not found in symbol table",
                    Cause.NO_SUCH_FUNCTION,
                    "Build the module for the kernel that runs."),
            new Sign(
                    "EINVAL",
                    "unresolvable ambiguity for symbol '(.*)' in object",
                    Cause.NO_SUCH_FUNCTION,
                    "Build the module so that it says which symbol of this name it means."),
            new Sign(
                    "EINVAL",
                    "symbol position \\d+ for symbol '(.*)' in object '.*' not found",
                    Cause.NO_SUCH_FUNCTION,
                    "Build the module for the kernel that runs."),
            new Sign(
                    "EINVAL",
                    "failed to find location for function '(.*)'",
                    Cause.NO_SUCH_FUNCTION,
                    "This function has no place for ftrace, so patch its callers instead."),
            new Sign(
                    "ENOENT",
                    "kallsyms size lookup failed for '(.*)'",
                    Cause.NO_SUCH_FUNCTION,
                    "Build the module for the kernel that runs."),
            new Sign(
                    "EBUSY",
                    "failed to (?:register ftrace handler|set ftrace filter) for function '(.*)'",
                    Cause.FUNCTION_HELD,
                    "Something else changes where its calls go, a kprobe or a tracer: remove it. If there is none, see"
                            + " whether kernel.ftrace_enabled is 0."),
            new Sign(
                    "ENODEV",
                    "failed to register ftrace handler for function '(.*)'",
                    Cause.FTRACE_OFF,
                    "ftrace has shut itself down after an error of its own: reboot."),
            new Sign(
                    "EINVAL",
                    "is not compatible with the already installed livepatches",
                    Cause.INCOMPATIBLE,
                    "It does not know system states that a loaded livepatch has changed: load a newer one, or unload that."),
            new Sign(
                    "",
                    "pre-patch callback failed for object '(.*)'",
                    Cause.OTHER,
                    "Its own code turned the load down: ask who wrote it."),
            new Sign(
                    "EINVAL",
                    "is not marked as a livepatch module",
                    Cause.NOT_A_LIVEPATCH,
                    "Build it with MODULE_INFO(livepatch, \"Y\")."),
            new Sign(
                    "EINVAL",
                    "module is already loaded",
                    Cause.NAME_TAKEN,
                    "Code that is built in has this name: build the module under another."),
            new Sign(
                    "EINVAL",
                    "(?:symbol|section) \\S+ (?:is not marked as a livepatch symbol|has an incorrectly formatted name)"
                            + "|invalid access to vmlinux symbol",
                    Cause.BROKEN_FILE,
                    "Build the module anew with a tool that fits the kernel."));

    private static final Map<String, Silent> SILENT = Map.ofEntries(
            Map.entry(
                    "EPERM",
                    new Silent(
                            Cause.NOT_PERMITTED,
                            "This process lacks CAP_SYS_MODULE, kernel.modules_disabled is 1, or the kernel is locked"
                                    + " down.")),
            Map.entry("EACCES", new Silent(Cause.NOT_PERMITTED, "The file may not be read or written by this user.")),
            Map.entry("EROFS", new Silent(Cause.NOT_PERMITTED, "sysfs is mounted read-only, as it is in containers.")),
            Map.entry(
                    "EEXIST",
                    new Silent(Cause.NAME_TAKEN, "A module of this name is loaded: disable and unload it first.")),
            // The kernel has no line for this one.
            Map.entry(
                    "EBUSY",
                    new Silent(
                            Cause.TRANSITION_RUNNING,
                            "Another transition is running, or a module of this name is on its way out: wait for the"
                                    + " end.")),
            Map.entry(
                    "ENOEXEC", new Silent(Cause.BROKEN_FILE, "The file is no module, or a damaged one: get it again.")),
            Map.entry("EBADMSG", new Silent(Cause.SIGNATURE, "The module's signature is damaged: get it again.")),
            Map.entry("ENOKEY", new Silent(Cause.SIGNATURE, "The kernel does not know the key of the signature.")),
            Map.entry(
                    "EKEYREJECTED",
                    new Silent(Cause.SIGNATURE, "The kernel loads modules only that are signed with a key it trusts.")),
            Map.entry(
                    "ENODEV", new Silent(Cause.NO_LIVEPATCH_SUPPORT, "Livepatching is not available in this kernel.")),
            Map.entry(
                    "ENOSYS", new Silent(Cause.NO_LIVEPATCH_SUPPORT, "Livepatching is not available in this kernel.")),
            Map.entry("EWOULDBLOCK", new Silent(Cause.IN_USE, "The module is in use.")),
            Map.entry("EAGAIN", new Silent(Cause.IN_USE, "The module is in use.")),
            Map.entry("ENOENT", new Silent(Cause.BROKEN_FILE, "A file, a module or a symbol is not there.")),
            Map.entry(
                    "ETXTBSY", new Silent(Cause.BROKEN_FILE, "The file is being written: wait until it is complete.")),
            Map.entry("ENOMEM", new Silent(Cause.OTHER, "The kernel has no memory for it.")),
            Map.entry(
                    "EINVAL",
                    new Silent(Cause.OTHER, "The kernel took it for invalid; its log has more if it may be read.")));

    private Refusals() {}

    /**
     * Explains a refusal.
     *
     * @param errno the error number's name
     * @param name what was to be loaded, changed or removed
     * @param newKernelLogLines what the kernel wrote in the meantime, oldest first; empty if it may not be read
     * @return the cause, with the kernel's own line where one fits
     */
    public static Obstacle explain(String errno, LivepatchName name, List<String> newKernelLogLines) {
        for (Sign sign : SIGNS) {
            if (sign.isOf(errno)) {
                for (String line : newKernelLogLines) {
                    if (sign.pattern().matcher(line).find()) {
                        String said = KernelText.oneLine(line).strip().replaceFirst("\\.$", "");
                        String reason = "The kernel says: " + said + ". " + sign.remedy();
                        return new Obstacle(sign.cause(), errno, reason);
                    }
                }
            }
        }
        Silent silent = SILENT.getOrDefault(errno, new Silent(Cause.OTHER, "It is not known what that means here."));
        return new Obstacle(
                silent.cause(), errno, "The kernel refused " + name + " with " + errno + ". " + silent.reason());
    }

    /** A line of the log that tells the cause; with an empty errno it goes with any. */
    private record Sign(Set<String> errnos, Pattern pattern, Cause cause, String remedy) {
        Sign(String errnos, String pattern, Cause cause, String remedy) {
            this(Set.of(errnos.split(" ")), Pattern.compile(pattern), cause, remedy);
        }

        boolean isOf(String errno) {
            return errnos.contains("") || errnos.contains(errno);
        }
    }

    /** What an error number means when the log has no line for it. */
    private record Silent(Cause cause, String reason) {}
}
