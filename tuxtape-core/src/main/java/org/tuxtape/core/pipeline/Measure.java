package org.tuxtape.core.pipeline;

import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ConfigValue;

/**
 * Something that keeps a hole from being used, other than a livepatch. Later major versions may add cases.
 *
 * @since 0.1
 */
public sealed interface Measure {

    /**
     * Says what is to be done.
     *
     * @return one sentence
     */
    String order();

    /**
     * Gives what does it, to be copied: a line for modprobe.d, or a command.
     *
     * @return one line; empty if it is done in another way
     */
    default String line() {
        return "";
    }

    /**
     * Says what shows that it helps, and what it costs.
     *
     * @return one or more sentences
     */
    String evidence();

    /**
     * The code lies in a module that can be kept from being loaded.
     *
     * @param module the module
     * @param line the line for a file of modprobe.d, which holds from the next try to load it on
     * @param isLoaded whether it is loaded on the machine now, so that it has to be removed first; empty if no machine was
     *     looked at
     * @param evidence one or more sentences
     */
    record DenyModule(KernelObject module, String line, Optional<Boolean> isLoaded, String evidence)
            implements Measure {
        /** Rejects the kernel image, which cannot be denied. */
        public DenyModule {
            Objects.requireNonNull(line, "line");
            Objects.requireNonNull(isLoaded, "isLoaded");
            Objects.requireNonNull(evidence, "evidence");
            if (module.isVmlinux()) {
                throw new IllegalArgumentException("The kernel image cannot be denied.");
            }
        }

        @Override
        public String order() {
            String now = isLoaded.map(loaded ->
                            loaded ? "; it is loaded now and has to be removed first" : "; it is not loaded now")
                    .orElse("");
            return "Deny the module " + module.moduleName() + " in modprobe.d" + now + ".";
        }
    }

    /**
     * A setting of the running kernel closes the way to the code for most people.
     *
     * @param name as sysctl spells it
     * @param value what closes the way
     * @param evidence one or more sentences
     */
    record SetSysctl(String name, String value, String evidence) implements Measure {
        /** Rejects {@code null}. */
        public SetSysctl {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public String order() {
            return "Set " + name + " to " + value + ".";
        }

        @Override
        public String line() {
            return "sysctl -w " + name + "=" + value;
        }
    }

    /**
     * A kernel built with another configuration would not offer the way to the code.
     *
     * @param symbol the option
     * @param value what closes the way
     * @param evidence one or more sentences
     */
    record ChangeOption(ConfigSymbol symbol, ConfigValue value, String evidence) implements Measure {
        /** Rejects {@code null}. */
        public ChangeOption {
            Objects.requireNonNull(symbol, "symbol");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public String order() {
            return "Build with " + symbol + "=" + value + ".";
        }
    }

    /**
     * A release has the fix: by a reboot, or by kexec, the machine runs it.
     *
     * @param release the first one that has it
     * @param isOnBranch whether it is of the kernel's own branch
     * @param commit the fix in it, where the record names it
     * @param evidence one or more sentences
     */
    record BootInto(KernelVersion release, boolean isOnBranch, Optional<CommitId> commit, String evidence)
            implements Measure {
        /** Rejects {@code null}. */
        public BootInto {
            Objects.requireNonNull(release, "release");
            Objects.requireNonNull(commit, "commit");
            Objects.requireNonNull(evidence, "evidence");
        }

        @Override
        public String order() {
            return "Boot into " + release + (isOnBranch ? "" : ", another branch")
                    + commit.map(id -> " (commit " + id.abbreviated() + ")").orElse("") + ".";
        }
    }
}
