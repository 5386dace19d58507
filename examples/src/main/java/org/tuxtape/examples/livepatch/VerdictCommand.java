package org.tuxtape.examples.livepatch;

import java.util.concurrent.Callable;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's word on a livepatch in the store. None of them changes the running kernel. */
abstract class VerdictCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;
    private final Verdict verdict;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(paramLabel = "PATCH", description = "its name, or at least six digits of its module's SHA-256")
    private String patch = "";

    @Option(
            names = "--who",
            required = true,
            converter = NotBlank.class,
            paramLabel = "NAME",
            description = "who answers for it")
    private String who = "";

    @Option(
            names = "--why",
            required = true,
            converter = NotBlank.class,
            paramLabel = "TEXT",
            description = "the reason")
    private String why = "";

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @FunctionalInterface
    private interface Verdict {
        StoredPatch give(PatchStore store, StoredPatch patch, String who, String why);
    }

    private VerdictCommand(Console console, Machine machine, Verdict verdict) {
        this.console = console;
        this.machine = machine;
        this.verdict = verdict;
    }

    @Override
    public Integer call() {
        PatchStore opened = store.open(machine);
        StoredPatch judged = verdict.give(opened, store.find(opened, patch), who, why);
        console.print(format.isJson() ? StoreJson.of(judged) : StoreText.of(judged));
        return ExitCode.OK;
    }

    /** It did well: load it at boot. */
    @Command(name = "accept", description = "Have a livepatch that has passed its trial loaded at every boot.")
    static final class Accept extends VerdictCommand {
        Accept(Console console, Machine machine) {
            super(console, machine, PatchStore::accept);
        }
    }

    /** It did harm, or is not wanted any more. */
    @Command(
            name = "turn-down",
            description = "Keep a livepatch from being loaded again. It stays in force until disabled.")
    static final class TurnDown extends VerdictCommand {
        TurnDown(Console console, Machine machine) {
            super(console, machine, PatchStore::turnDown);
        }
    }

    /** It was turned down, and may be tried all the same. */
    @Command(name = "allow", description = "Let a livepatch that was turned down be tried again.")
    static final class Allow extends VerdictCommand {
        Allow(Console console, Machine machine) {
            super(console, machine, PatchStore::allow);
        }
    }
}
