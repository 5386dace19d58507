package org.tuxtape.examples.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Unusable;
import org.tuxtape.kpatch.store.ArtefactStore;
import org.tuxtape.kpatch.store.Damage;
import org.tuxtape.kpatch.store.Retention;
import org.tuxtape.kpatch.store.StoredArtefact;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What was built, and is kept. */
abstract class StoreCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--store", required = true, paramLabel = "DIR", description = "where modules are kept")
    private Path store = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    private StoreCommand(Console console) {
        this.console = console;
    }

    abstract int run(ArtefactStore opened, Context context);

    @Override
    public Integer call() {
        if (!Files.isDirectory(store)) {
            throw new Unusable("There is no store " + store + ".");
        }
        Context context = console.context();
        return run(ArtefactStore.open(store.toAbsolutePath(), context), context);
    }

    final void print(String kind, StoredArtefact artefact) {
        console.print(format.isJson() ? StoreLines.json(kind, artefact) : StoreLines.text(kind, artefact));
    }

    final int printAll(ArtefactStore.Contents contents) {
        contents.artefacts().forEach(artefact -> print("artefact", artefact));
        for (Damage damage : contents.damages()) {
            console.print(format.isJson() ? StoreLines.json(damage) : StoreLines.text(damage));
        }
        return contents.damages().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** The group. */
    @Command(name = "store", description = "See and tidy up what was built.")
    static final class Group {
        @Mixin
        HelpOption help = new HelpOption();
    }

    /** What is there. */
    @Command(name = "list", description = "List what the store holds, the oldest first.")
    static final class ListAll extends StoreCommand {
        ListAll(Console console) {
            super(console);
        }

        @Override
        int run(ArtefactStore opened, Context context) {
            return printAll(opened.list());
        }
    }

    /** Whether it is what it was. */
    @Command(name = "verify", description = "Compare every module with its manifest.")
    static final class Verify extends StoreCommand {
        Verify(Console console) {
            super(console);
        }

        @Override
        int run(ArtefactStore opened, Context context) {
            return printAll(opened.verify(context));
        }
    }

    /** Whether it may be loaded and published. */
    @Command(
            name = "review",
            description = "Write down who approves or denies a build, and why; without a decision, list those made.")
    static final class ReviewOne extends StoreCommand {
        @Option(names = "--key", required = true, paramLabel = "KEY", description = "the build, as list prints it")
        private String key = "";

        @Option(
                names = "--decision",
                paramLabel = "approved|denied",
                description = "whether it may be loaded and published")
        private Optional<Decision> decision = Optional.empty();

        @Option(names = "--who", paramLabel = "NAME", description = "who answers for the decision")
        private String who = "";

        @Option(names = "--why", paramLabel = "TEXT", description = "the reason")
        private String why = "";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        ReviewOne(Console console) {
            super(console);
        }

        @Override
        int run(ArtefactStore opened, Context context) {
            BuildKey build = StoredBuild.find(opened, key).key();
            if (decision.isEmpty()) {
                opened.reviews(build).all().forEach(this::print);
                return ExitCode.OK;
            }
            if (who.isBlank() || why.isBlank()) {
                throw new ParameterException(spec.commandLine(), "A decision needs --who NAME and --why TEXT.");
            }
            List<Review> all = opened.review(build, decision.get(), who, why).all();
            print(all.get(all.size() - 1));
            return ExitCode.OK;
        }
    }

    final void print(Review review) {
        console.print(format.isJson() ? StoreLines.json(review) : StoreLines.text(review));
    }

    /** Less of it. */
    @Command(name = "prune", description = "Remove what is damaged, and what is too old or too much.")
    static final class Prune extends StoreCommand {
        @Option(names = "--older-than", paramLabel = "TIME", description = "remove what is older, such as 720h")
        private Optional<Duration> age = Optional.empty();

        @Option(
                names = "--keep-bytes",
                paramLabel = "N",
                description = "remove the oldest while all together take more than N bytes")
        private Optional<Long> bytes = Optional.empty();

        @Option(names = "--keep", arity = "1..*", paramLabel = "KEY", description = "what stays in any case")
        private List<BuildKey> keys = List.of();

        Prune(Console console) {
            super(console);
        }

        @Override
        int run(ArtefactStore opened, Context context) {
            Retention retention = Retention.all().keeping(new HashSet<>(keys));
            retention = age.map(retention::upTo).orElse(retention);
            retention = bytes.map(retention::within).orElse(retention);
            opened.prune(retention).forEach(artefact -> print("removed", artefact));
            return ExitCode.OK;
        }
    }
}
