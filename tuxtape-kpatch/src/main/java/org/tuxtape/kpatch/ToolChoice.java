package org.tuxtape.kpatch;

import java.nio.file.Files;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.kpatch.tree.BuildTree;

/**
 * Which tool makes the livepatches of a kernel, and why. The kpatch project supports kernels below 6.19; from there on the
 * kernel has a tool of its own, for x86 so far.
 *
 * @param tool the tool; empty if none can
 * @param reason one sentence
 * @since 0.1
 */
public record ToolChoice(Optional<LivepatchTool> tool, String reason) {
    private static final KernelVersion FIRST_WITH_KLP_BUILD = KernelVersion.parse("6.19");
    private static final ConfigSymbol IBT = ConfigSymbol.parse("CONFIG_X86_KERNEL_IBT");
    private static final ConfigSymbol LTO = ConfigSymbol.parse("CONFIG_LTO");

    /** Rejects {@code null}. */
    public ToolChoice {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Chooses by the tree alone; whether the tool works here is what its builder's pre-flight says.
     *
     * @param tree the kernel's tree
     * @return the choice
     */
    public static ToolChoice of(BuildTree tree) {
        boolean hasKlpBuild = Files.isRegularFile(tree.directory().resolve(KlpTool.SCRIPT));
        KernelVersion version = tree.kernel().version();
        if (version.compareTo(FIRST_WITH_KLP_BUILD) < 0 && !hasKlpBuild) {
            return isOn(tree, IBT)
                    ? none("Linux " + version + " has no klp-build, and kpatch-build takes no kernel with " + IBT + ".")
                    : kpatch("Linux " + version + " is below " + FIRST_WITH_KLP_BUILD + ", where klp-build begins.");
        }
        if (!hasKlpBuild) {
            return none("Linux " + version + " is past what kpatch-build supports, and this tree has no "
                    + KlpTool.SCRIPT + ".");
        }
        Optional<String> architecture = tree.kernel().architecture();
        if (architecture.isPresent() && !architecture.get().equals("x86")) {
            return isOn(tree, LTO)
                    ? none("klp-build is for x86 only, and kpatch-build takes no kernel with " + LTO + ".")
                    : kpatch("klp-build is for x86 only, and this kernel is for " + architecture.get() + ".");
        }
        return klp("Linux " + version + " has klp-build of its own.");
    }

    private static boolean isOn(BuildTree tree, ConfigSymbol symbol) {
        return tree.config(symbol).isEnabled();
    }

    private static ToolChoice kpatch(String reason) {
        return new ToolChoice(Optional.of(LivepatchTool.KPATCH_BUILD), reason);
    }

    private static ToolChoice klp(String reason) {
        return new ToolChoice(Optional.of(LivepatchTool.KLP_BUILD), reason);
    }

    private static ToolChoice none(String reason) {
        return new ToolChoice(Optional.empty(), reason);
    }
}
