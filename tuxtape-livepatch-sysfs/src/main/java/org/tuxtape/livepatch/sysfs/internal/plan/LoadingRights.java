package org.tuxtape.livepatch.sysfs.internal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/**
 * Whether this process may load modules, and which. A file that is missing or may not be read is no objection.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/admin-guide/module-signing.html">Kernel module signing</a>
 */
final class LoadingRights {
    private static final int CAP_SYS_MODULE = 16;
    private static final Pattern CAPABILITIES = Pattern.compile("(?m)^CapEff:\\s*([0-9a-fA-F]{1,16})$");
    // What the initial namespace shows: every user is itself.
    private static final Pattern ALL_USERS = Pattern.compile("\\s*0\\s+0\\s+4294967295\\s*");
    private static final Pattern LOCKED = Pattern.compile("\\[(integrity|confidentiality)]");
    private static final Pattern BLACKLIST = Pattern.compile("(?:^|\\s)module_blacklist=(\\S+)");

    private final Path self;
    private final Path settings;
    private final Path cmdline;
    private final Path enforcement;
    private final Path lockdown;

    LoadingRights(KernelFiles files) {
        this.self = files.proc().resolve("self");
        this.settings = files.proc().resolve("sys").resolve("kernel");
        this.cmdline = files.proc().resolve("cmdline");
        this.enforcement = files.sys()
                .resolve("module")
                .resolve("module")
                .resolve("parameters")
                .resolve("sig_enforce");
        this.lockdown = files.sys().resolve("kernel").resolve("security").resolve("lockdown");
    }

    /** What finit_module asks before it looks at the file. */
    List<Obstacle> ofProcess() {
        List<Obstacle> obstacles = new ArrayList<>();
        if (lacksCapability()) {
            obstacles.add(new Obstacle(
                    Cause.NOT_PERMITTED,
                    "EPERM",
                    "This process lacks CAP_SYS_MODULE in the initial user namespace: run it as root, or give it that"
                            + " capability."));
        }
        if (KernelText.readIfAllowed(settings.resolve("modules_disabled"))
                .filter("1"::equals)
                .isPresent()) {
            obstacles.add(new Obstacle(
                    Cause.LOADING_DISABLED,
                    "EPERM",
                    "kernel.modules_disabled is 1: no module can be loaded or removed until the next boot."));
        }
        return obstacles;
    }

    private boolean lacksCapability() {
        Optional<Matcher> capabilities = KernelText.readIfAllowed(self.resolve("status"))
                .map(CAPABILITIES::matcher)
                .filter(Matcher::find);
        boolean without = capabilities
                .filter(matcher -> (Long.parseUnsignedLong(matcher.group(1), 16) >>> CAP_SYS_MODULE & 1) == 0)
                .isPresent();
        boolean inNamespace = KernelText.readIfAllowed(self.resolve("uid_map"))
                .filter(map -> !ALL_USERS.matcher(map).matches())
                .isPresent();
        return without || inNamespace;
    }

    /** What the kernel demands of a file that nobody it trusts has signed. */
    Optional<Obstacle> ofUnsigned(ModuleFile file) {
        if (file.signed()) {
            return Optional.empty();
        }
        if (KernelText.readIfAllowed(enforcement).filter("Y"::equals).isPresent()) {
            return Optional.of(new Obstacle(
                    Cause.SIGNATURE,
                    "EKEYREJECTED",
                    "The kernel loads signed modules only, and this one has no signature: sign it with a key that the"
                            + " kernel trusts."));
        }
        return lockdown()
                .map(level -> new Obstacle(
                        Cause.SIGNATURE,
                        "EPERM",
                        "The kernel is locked down (" + level
                                + "), and this module has no signature: sign it with a key that the"
                                + " kernel trusts."));
    }

    /** Whether a signature is going to matter whose worth is not known here. */
    boolean demandsSignature() {
        return KernelText.readIfAllowed(enforcement).filter("Y"::equals).isPresent()
                || lockdown().isPresent();
    }

    private Optional<String> lockdown() {
        return KernelText.readIfAllowed(lockdown)
                .map(LOCKED::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    /** Whether the boot forbade this very module. */
    Optional<Obstacle> ofName(String name) {
        return KernelText.readIfAllowed(cmdline)
                .map(BLACKLIST::matcher)
                .filter(Matcher::find)
                .filter(matcher -> List.of(matcher.group(1).split(",")).contains(name))
                .map(matcher -> new Obstacle(
                        Cause.NOT_PERMITTED,
                        "EPERM",
                        name + " stands in module_blacklist on the kernel's command line: boot without it."));
    }
}
