package org.tuxtape.report.internal.words;

import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.pipeline.Measure;

/** What can be done other than a livepatch, as an order. */
public final class MeasureWords {
    /** As many characters as the kernel's own texts use. */
    private static final int COMMIT = 12;

    private MeasureWords() {}

    /** Returns the word that names the kind of a measure. */
    public static String kind(Measure measure) {
        if (measure instanceof Measure.DenyModule) {
            return "deny_module";
        }
        if (measure instanceof Measure.SetSysctl) {
            return "set_sysctl";
        }
        return measure instanceof Measure.ChangeOption ? "change_option" : "boot_into";
    }

    /** Returns what is to be done, without its evidence. */
    public static String order(Measure measure) {
        if (measure instanceof Measure.DenyModule deny) {
            return "Deny the module " + deny.module().moduleName() + loaded(deny);
        }
        if (measure instanceof Measure.SetSysctl set) {
            return "Set " + set.name() + " to " + set.value() + ".";
        }
        if (measure instanceof Measure.ChangeOption change) {
            return "Build with " + change.symbol() + "=" + change.value() + ".";
        }
        if (measure instanceof Measure.BootInto boot) {
            String commit =
                    boot.commit().map(id -> " (commit " + shortened(id) + ")").orElse("");
            return "Boot into " + boot.release() + (boot.isOnBranch() ? "" : ", another branch") + commit + ".";
        }
        return "";
    }

    /** Returns the line that does it, to be copied; empty if it is done in another way. */
    public static String line(Measure measure) {
        if (measure instanceof Measure.DenyModule deny) {
            return deny.line();
        }
        return measure instanceof Measure.SetSysctl set ? "sysctl -w " + set.name() + "=" + set.value() : "";
    }

    private static String shortened(CommitId id) {
        return id.text().substring(0, Math.min(id.text().length(), COMMIT));
    }

    private static String loaded(Measure.DenyModule deny) {
        return deny.isLoaded()
                .map(loaded -> loaded ? "; it is loaded now and has to be removed first." : "; it is not loaded now.")
                .orElse(".");
    }
}
