package org.tuxtape.examples.build;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.kpatch.BuilderOptions;
import org.tuxtape.kpatch.LivepatchTool;
import org.tuxtape.kpatch.ToolChoice;
import org.tuxtape.kpatch.lint.LintReport;
import org.tuxtape.kpatch.lint.LintVerdict;
import org.tuxtape.kpatch.tree.BuildTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at fixes before anything is compiled. */
@Command(
        name = "lint",
        description =
                "Say, before anything is compiled, whether a livepatch can be made of a fix, and what is in the way.")
final class LintCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--tree",
            required = true,
            paramLabel = "DIR",
            description = "the kernel's source with its .config; after a build it is also known what is compiled")
    private Path tree = Path.of("");

    @Parameters(arity = "1..*", paramLabel = FixArgument.LABEL, description = "a patch")
    private List<FixArgument> fixes = List.of();

    @Mixin
    private TrialOption trial = new TrialOption();

    @Mixin
    private FormatOption format = new FormatOption();

    LintCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        BuildTree opened = BuildTree.open(tree);
        LivepatchTool tool = ToolChoice.of(opened).tool().orElse(LivepatchTool.KPATCH_BUILD);
        BuilderOptions options = BuilderOptions.in(Path.of(System.getProperty("java.io.tmpdir")));
        LintGate gate = trial.apply(LintGate.of(tool, opened, console.context()), opened, options);
        boolean allFine = true;
        for (FixArgument fix : fixes) {
            allFine &= check(gate, fix);
        }
        return allFine ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean check(LintGate gate, FixArgument fix) {
        try {
            LintReport report = gate.check(List.of(Diff.parse(fix.read())));
            console.print(format.isJson() ? BuildJson.lint(fix, report) : BuildText.lint(fix, report));
            return report.verdict().compareTo(LintVerdict.IMPOSSIBLE) < 0;
        } catch (DiffException e) {
            String reason = String.valueOf(e.getMessage());
            console.print(format.isJson() ? BuildJson.unreadable(fix, reason) : BuildText.unreadable(fix, reason));
            return false;
        }
    }
}
