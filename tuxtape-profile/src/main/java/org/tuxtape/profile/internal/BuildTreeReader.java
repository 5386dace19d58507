package org.tuxtape.profile.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Reads a build tree: lists it, parses what is in it, and puts the parts together. */
public final class BuildTreeReader {
    private static final Logger LOG = LoggerFactory.getLogger(BuildTreeReader.class);

    /** One of them is in every source, and in every tree that was configured or built. */
    private static final List<String> KERNEL_MARKS = List.of(
            "Kbuild", "scripts/kconfig", "include/config", "include/generated", ".vmlinux.cmd", ".built-in.a.cmd");

    /** At least from here on there is vmlinux.a, and a record of it. */
    private static final KernelVersion FIRST_WITH_VMLINUX_RECORD = KernelVersion.parse("6.1");

    private final Path named;
    private final Optional<Path> namedSource;
    private final int threads;
    private final Findings findings = new Findings();

    /**
     * Prepares to read.
     *
     * @param tree the directory that the kernel was built in
     * @param source the directory of its source, if the caller knows it
     * @param threads how many threads read
     */
    public BuildTreeReader(Path tree, Optional<Path> source, int threads) {
        this.named = tree;
        this.namedSource = source;
        this.threads = threads;
    }

    /**
     * Reads the tree.
     *
     * @param context told of the tasks {@code list TREE} and {@code read TREE}
     */
    public Contents read(Context context) {
        if (Files.isRegularFile(named)) {
            PackedTree packed = Task.run(
                    context, "list " + named, OptionalLong.empty(), "files", task -> PackedTree.list(named, task));
            return Task.run(context, "read " + named, OptionalLong.empty(), "files", task -> {
                packed.load(task);
                return read(packed, packed.listing(), packed.commands(), task);
            });
        }
        TreeFiles tree = TreeFiles.in(directory());
        if (!tree.exists(".config") && KERNEL_MARKS.stream().noneMatch(tree::exists)) {
            throw Faults.of(named, Fault.WRONG_KIND, "is no kernel build tree");
        }
        TreeWalk.Listing listing = Task.run(
                context,
                "list " + named,
                OptionalLong.empty(),
                "files",
                task -> TreeWalk.list(tree.place(), Optional.empty(), threads, task));
        return Task.run(
                context,
                "read " + named,
                OptionalLong.of(listing.cmdFiles().size()),
                "files",
                task -> read(tree, listing, CmdReader.read(listing.cmdFiles(), threads, task), task));
    }

    private Path directory() {
        try {
            Path real = named.toRealPath();
            if (!Files.isDirectory(real)) {
                throw Faults.of(named, Fault.WRONG_KIND, "is no directory");
            }
            // Whoever may list a directory but not enter it would find nothing in it.
            Files.readAttributes(real.resolve("."), BasicFileAttributes.class);
            return real;
        } catch (IOException e) {
            throw Faults.of(named, e);
        }
    }

    private Contents read(TreeFiles tree, TreeWalk.Listing listing, CmdReader.Result read, Task task) {
        if (!tree.exists(".config") && KERNEL_MARKS.stream().noneMatch(tree::exists)) {
            throw Faults.of(named, Fault.WRONG_KIND, "is no kernel build tree");
        }
        Optional<KernelConfig> config = tree.bytes(".config").map(KernelConfig::parse);
        boolean modular = config.map(KernelConfig::isModular).orElse(true);
        BuildRecords records = BuildRecords.of(
                read.files(),
                List.of(
                        named.toAbsolutePath().normalize().toString(),
                        tree.place().toString()),
                tree.text("modules.order"),
                modular);
        findings.unfinished(read.illegible(), "A .cmd file is illegible");
        findings.unfinished(listing.unreadable(), "Part of the tree cannot be read");
        judge(records, modular, tree);
        task.throwIfCancelled();

        UnitCollector.Result collected = UnitCollector.collect(records, findings.isFinished());
        if (collected.compiled().isEmpty()) {
            throw nothingBuilt(tree, listing);
        }
        note(listing, config, records, collected);
        task.throwIfCancelled();

        SourceFiles source = source(tree, listing, records, task);
        findings.notes().forEach(task::note);
        LOG.debug(
                "Read {} .cmd files, {} units",
                records.files().size(),
                collected.compiled().units().size());
        return new Contents(
                "Kbuild tree " + named,
                KernelIdentity.of(tree, source.makefile(), config, KernelIdentity.architecture(records.files())),
                collected.compiled(),
                new TreeSet<>(records.objects()),
                source,
                kinds(records, collected.compiled()),
                Coverage.EVERY_INPUT,
                config,
                SystemMap.find(tree),
                findings.notes(),
                findings.whyUnfinished());
    }

    private SourceFiles source(TreeFiles tree, TreeWalk.Listing listing, BuildRecords records, Task task) {
        SourceFinder finder =
                new SourceFinder(tree.place(), Optional.of(listing), KernelIdentity.builtVersion(tree), threads, task);
        SourceFiles source = namedSource
                .map(finder::given)
                .orElseGet(() -> tree instanceof PackedTree packed
                        ? packed.source(KernelIdentity.builtVersion(tree))
                        : finder.find(records.paths().sourceRoot()));
        if (!source.isKnown()) {
            findings.note("No file can be told to be absent: " + source.whyNot());
        }
        return source;
    }

    private ProfileException nothingBuilt(TreeFiles tree, TreeWalk.Listing listing) {
        if (!listing.nestedBuilds().isEmpty()) {
            return Faults.of(
                    named,
                    Fault.NOT_BUILT,
                    "holds no kernel build itself, but one in "
                            + listing.nestedBuilds().get(0));
        }
        return KERNEL_MARKS.stream().anyMatch(tree::exists)
                ? Faults.of(named, Fault.NOT_BUILT, "is a kernel tree in which nothing was built")
                : Faults.of(named, Fault.WRONG_KIND, "is no kernel build tree");
    }

    /** Decides whether all of the build is there: only then does "not compiled" mean "left out". */
    private void judge(BuildRecords records, boolean modular, TreeFiles tree) {
        if (!records.graph().contains("vmlinux") && !tree.exists("vmlinux")) {
            findings.unfinished("The build did not finish: vmlinux was not linked.");
        }
        if (!records.linkage().isVmlinuxRecorded() && isOfKnownRecord(tree)) {
            findings.unfinished("There is no record of what vmlinux was linked from.");
        }
        if (modular && !records.modules().recorded()) {
            findings.unfinished("There is no modules.order: the modules may not all have been built.");
        }
        findings.unfinished(records.linkage().missing(), "Parts of what was linked have no .cmd file");
    }

    private static boolean isOfKnownRecord(TreeFiles tree) {
        return KernelIdentity.builtVersion(tree)
                .filter(version -> version.compareTo(FIRST_WITH_VMLINUX_RECORD) >= 0)
                .isPresent();
    }

    private void note(
            TreeWalk.Listing listing,
            Optional<KernelConfig> config,
            BuildRecords records,
            UnitCollector.Result collected) {
        if (config.isEmpty()) {
            findings.note("There is no .config: every option is unknown.");
        }
        if (!records.linkage().isVmlinuxRecorded()) {
            findings.note("The build does not record what vmlinux was linked from: it is taken to hold every archive"
                    + " that is part of nothing else.");
        }
        findings.note(collected.onDemand(), "Linked into vmlinux only if something there needs it");
        findings.note(collected.unlinked(), "Compiled, but linked into nothing");
        findings.note(collected.outside(), "Compiled from a source outside of the tree");
        findings.note(listing.nestedBuilds(), "Another build lies below this one, and was left out");
    }

    private static FileKinds kinds(BuildRecords records, CompiledUnits compiled) {
        return new FileKinds(FileKinds.architectures(compiled), records.tools(), records.hasDeviceTrees());
    }
}
