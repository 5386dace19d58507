package org.tuxtape.examples.distribution;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.core.Context;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.livepatch.Machine;
import org.tuxtape.examples.livepatch.NotBlank;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's word on published patches, which nodes hear when they next look. */
abstract class PatchCommand implements Callable<Integer> {
    private final Console console;
    private final Machine machine;

    @Mixin
    HelpOption help = new HelpOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATCH",
            description = "its name, or at least six digits of its module's SHA-256")
    private List<String> patches = List.of();

    @Mixin
    private SigningOptions archive = new SigningOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    private PatchCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    abstract RolloutPolicy change(RolloutPolicy policy, PatchRef patch, Instant now);

    @Override
    public Integer call() {
        Context context = machine.context();
        PatchArchive opened = archive.open();
        List<PatchRef> found = patches.stream()
                .map(patch -> PublishedKernel.find(opened, patch))
                .toList();
        RolloutPolicy changed = Policies.change(opened, context, policy -> {
            RolloutPolicy next = policy;
            for (PatchRef patch : found) {
                next = change(next, patch, context.clock().instant());
            }
            return next;
        });
        found.forEach(patch ->
                console.print(format.isJson() ? ArchiveJson.of(patch, changed) : ArchiveText.of(patch, changed)));
        return ExitCode.OK;
    }

    /** Who says so. */
    static final class Word {
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
                description = "the reason, which nodes and people read")
        private String why = "";
    }

    /** It cannot wait. */
    @Command(name = "advance", description = "Promote patches by hand, past soak and stop conditions.")
    static final class Advance extends PatchCommand {
        @Option(names = "--to", required = true, paramLabel = "RING", description = "the ring that they reach")
        private String ring = "";

        @Mixin
        private Word word = new Word();

        Advance(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        RolloutPolicy change(RolloutPolicy policy, PatchRef patch, Instant now) {
            return policy.promote(patch, ring, now, word.who, word.why);
        }
    }

    /** It does harm. */
    @Command(
            name = "withdraw",
            description = "Block patches: nodes that have not got them refuse them, those that have take them back.")
    static final class Withdraw extends PatchCommand {
        @Mixin
        private Word word = new Word();

        Withdraw(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        RolloutPolicy change(RolloutPolicy policy, PatchRef patch, Instant now) {
            return policy.withdraw(patch, now, word.who, word.why);
        }
    }

    /** It did none. */
    @Command(
            name = "reinstate",
            description =
                    "Unblock patches, which begin anew. Nodes that turned them down still do until told otherwise.")
    static final class Reinstate extends PatchCommand {
        Reinstate(Console console, Machine machine) {
            super(console, machine);
        }

        @Override
        RolloutPolicy change(RolloutPolicy policy, PatchRef patch, Instant now) {
            return policy.reinstate(patch);
        }
    }
}
