package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.tuxtape.core.Context;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.FileChange;
import org.tuxtape.core.diff.TreeChange;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.kpatch.internal.run.ProcessMarker;
import org.tuxtape.kpatch.internal.run.ToolExit;
import org.tuxtape.kpatch.internal.run.ToolRun;
import org.tuxtape.kpatch.lint.LintFinding;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.LintRule;
import org.tuxtape.kpatch.lint.LintVerdict;
import org.tuxtape.kpatch.source.SourceDirectory;
import org.tuxtape.kpatch.tree.BuildTree;
import org.tuxtape.kpatch.tree.TreeLease;

/**
 * Compiles the files of a fix by themselves, as they are and as they would be, and compares what comes of it. That takes a
 * second or two a file, and tells before any tool is started that a fix changes nothing in this build, also where no text
 * shows it: since a macro means nothing with this config, or the compiler has set a variable to zero already.
 *
 * <p>Each file is compiled with the command that make has used, in the tree but from a copy in the scratch directory; the
 * tree is read only, and leased meanwhile. What only stands on another line counts as the same, as it does for the tools.
 * Only equality is told for certain: code that differs may still be the same to a tool.
 *
 * <pre>{@code
 * LintReport report = lint.check(diffs, source, profile);
 * report = TrialCompile.of(tree, options).refine(report, diffs, Context.standard());
 * }</pre>
 *
 * <p>Instances are immutable and may be shared between threads.
 *
 * @since 0.1
 */
public final class TrialCompile {
    private static final LivepatchName NAME = LivepatchName.parse("trial_compile");

    /** No build has it. */
    private static final BuildKey KEY = new BuildKey("0".repeat(64));

    private final BuildTree tree;
    private final BuilderOptions options;

    private TrialCompile(BuildTree tree, BuilderOptions options) {
        this.tree = Objects.requireNonNull(tree, "tree");
        this.options = Objects.requireNonNull(options, "options");
    }

    /**
     * Returns trials in a tree.
     *
     * @param tree a tree in which the kernel was built
     * @param options scratch directory, wrapper, timeout for one file, patience and fuzz are used
     * @return the trials
     */
    public static TrialCompile of(BuildTree tree, BuilderOptions options) {
        return new TrialCompile(tree, options);
    }

    /** What a fix does to the compiled code. Later major versions may add cases. */
    public sealed interface Effect {
        /**
         * The compiler makes the same of every file.
         *
         * @param files those that were compiled
         */
        record None(List<SourcePath> files) implements Effect {
            /** Copies the list. */
            public None {
                files = List.copyOf(files);
            }
        }

        /**
         * The compiler makes something else of a file.
         *
         * @param file the first one
         */
        record Some(SourcePath file) implements Effect {
            /** Rejects {@code null}. */
            public Some {
                Objects.requireNonNull(file, "file");
            }
        }

        /**
         * It could not be found out.
         *
         * @param reason why, one sentence
         */
        record Unknown(String reason) implements Effect {
            /** Rejects {@code null}. */
            public Unknown {
                Objects.requireNonNull(reason, "reason");
            }
        }
    }

    /**
     * Adds what a trial finds to what the lint has found. Only a fix that the lint leaves hope for is compiled, and one
     * that it calls impossible for {@link LintRule#INIT_ONLY} alone, which then gives way.
     *
     * @param report the lint's report on the fix
     * @param diffs its commits, in order
     * @param context cancellation and clock
     * @return the report, with a finding of {@link LintRule#SAME_CODE} where the fix has no effect
     * @throws org.tuxtape.kpatch.tree.TreeException as {@link BuildTree#lease} does
     * @throws org.tuxtape.core.CancelledException if the context asks to stop
     */
    public LintReport refine(LintReport report, List<Diff> diffs, Context context) {
        boolean isWorthIt = report.verdict().compareTo(LintVerdict.RISKY) <= 0
                || report.reasons().stream().allMatch(TrialCompile::isInitOnly);
        if (!isWorthIt || !(check(diffs, context) instanceof Effect.None none)) {
            return report;
        }
        List<LintFinding> findings = new ArrayList<>(report.findings());
        findings.removeIf(TrialCompile::isInitOnly);
        none.files()
                .forEach(file -> findings.add(new LintFinding(
                        LintRule.SAME_CODE,
                        LintRule.SAME_CODE.verdict(),
                        Optional.of(new SourcePlace(file, OptionalInt.empty())),
                        Optional.empty(),
                        "The compiler makes the same of " + file + " with and without the fix.")));
        return new LintReport(findings);
    }

    private static boolean isInitOnly(LintFinding finding) {
        return finding.rule() == LintRule.INIT_ONLY;
    }

    /**
     * Compiles. What comes from outside is compiled too: do not call this for a fix that the lint refuses.
     *
     * @param diffs the commits of the fix, in order
     * @param context cancellation and clock
     * @return what is known of its effect; unknown where it changes headers, or files that make has not compiled by
     *     themselves
     * @throws org.tuxtape.kpatch.tree.TreeException as {@link BuildTree#lease} does
     * @throws org.tuxtape.core.CancelledException if the context asks to stop
     */
    public Effect check(List<Diff> diffs, Context context) {
        try (TreeLease lease = tree.lease("to compile a fix on trial", options.patience(), context)) {
            TreeChange change = TreeChange.of(diffs, SourceDirectory.of(tree.directory())::text, options.fuzz());
            if (!(change instanceof TreeChange.Applied applied)) {
                return new Effect.Unknown("The fix does not fit the source.");
            }
            try (Workplace workplace = Workplace.in(options.scratch(), NAME, tree.directory(), KEY)) {
                return compile(applied.files(), workplace, ProcessMarker.parse(lease.marker()), context);
            } finally {
                lease.toolsEnded();
            }
        } catch (IOException e) {
            return new Effect.Unknown("The scratch directory could not be used: " + e);
        }
    }

    private Effect compile(
            SortedMap<SourcePath, FileChange> files, Workplace workplace, ProcessMarker marker, Context context)
            throws IOException {
        for (Map.Entry<SourcePath, FileChange> entry : files.entrySet()) {
            SourcePath file = entry.getKey();
            Optional<CompileCommand> command = CompiledUnit.of(tree.directory(), file)
                    .flatMap(unit -> CompileCommand.of(tree.directory(), unit, file));
            Optional<String> before = entry.getValue().before();
            Optional<String> after = entry.getValue().after();
            if (command.isEmpty() || before.isEmpty() || after.isEmpty()) {
                return new Effect.Unknown("Make has not compiled " + file + " by itself.");
            }
            Product one = new Product(command.get(), file, workplace.cache().resolve("before"));
            Product other = new Product(command.get(), file, workplace.cache().resolve("after"));
            String changed = KeptLineNumbers.in(before.get(), after.get());
            if (!make(one, before.get(), marker, context) || !make(other, changed, marker, context)) {
                return new Effect.Unknown(file + " could not be compiled by itself.");
            }
            if (Files.mismatch(one.output(), other.output()) >= 0) {
                return new Effect.Some(file);
            }
        }
        return files.isEmpty()
                ? new Effect.Unknown("The fix leaves every file as it is.")
                : new Effect.None(List.copyOf(files.keySet()));
    }

    /** One text of a file, and what the compiler makes of it. */
    private record Product(CompileCommand command, SourcePath file, Path root) {
        Path source() {
            return root.resolve(file.text());
        }

        Path output() {
            return root.resolveSibling(root.getFileName() + ".o");
        }

        List<String> words() {
            return command.compiling(file, root, output());
        }
    }

    private boolean make(Product product, String text, ProcessMarker marker, Context context) throws IOException {
        Files.createDirectories(Objects.requireNonNull(product.source().getParent()));
        Files.writeString(product.source(), text, StandardCharsets.ISO_8859_1);
        ToolExit exit = ToolRun.of(product.words())
                .behind(options.wrapper())
                .in(tree.directory())
                .marked(marker)
                .run(line -> {}, options.timeout(), context);
        context.cancellation().throwIfCancelled();
        return exit.equals(new ToolExit.Exited(0)) && Files.isRegularFile(product.output());
    }
}
