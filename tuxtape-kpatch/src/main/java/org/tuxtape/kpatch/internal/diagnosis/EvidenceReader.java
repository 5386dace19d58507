package org.tuxtape.kpatch.internal.diagnosis;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildReport.Phase;
import org.tuxtape.core.source.SourcePlace;
import org.tuxtape.kpatch.internal.diagnosis.Finding.Subject;

/** Looks in lines for explanations, with the tool's own signs first and those of the programs below it next. */
final class EvidenceReader {
    private static final String READ = "Read the log: this error is not known here.";

    private static final Set<BuildFailure> FAULTS_OF_CODE =
            EnumSet.of(BuildFailure.COMPILE_ERROR, BuildFailure.UNDEFINED_SYMBOL, BuildFailure.UNSUPPORTED_SECTION);
    private static final List<String> NAMES = List.of("name", "name2", "name3", "name4", "section");

    private static final Pattern PATCHED_FILE = Pattern.compile("(?:patching|checking) file '?(?<file>[^\\s']+)");
    private static final Pattern IN_FUNCTION =
            Pattern.compile("(?<file>[^\\s:]+): (?:In function '(?<name>\\w+)'|At top level):");
    /** The code that a compiler shows, and what it has to say of it. */
    private static final Pattern CONTINUED = Pattern.compile("\\s+(?:\\d+ )?\\|.*|\\S+: note: .*|\\S+ did not apply.*");
    /** What is left of a section that is not named after a symbol. */
    private static final Pattern WHOLE_SECTION = Pattern.compile("\\..*|__\\w*(?:_table|_sites|_strings|_loc)");
    /** With a section for each symbol, what follows the kind of section is the symbol. */
    private static final Pattern KIND_OF_SECTION = Pattern.compile(
            "^\\.(?:rela\\.)?(?:data\\.rel\\.ro|data\\.rel\\.local|text|data|bss|rodata)\\.(?=[\\w.]*[A-Za-z_])");

    private final Tool tool;
    private final TreeNames names;
    private final Evidence evidence = new Evidence();
    private String patchedFile = "";
    private String compiledFile = "";
    private String compiledFunction = "";
    private String compiledLine = "";

    EvidenceReader(Tool tool, TreeNames names) {
        this.tool = tool;
        this.names = names;
    }

    /** What patch(1) is at; possibly empty. */
    String patchedFile() {
        return patchedFile;
    }

    void stop() {
        evidence.stop();
    }

    void read(String line, SpokenLine spoken) {
        Optional<Finding> finding = (spoken.isTool() ? first(tool.signs(), spoken.text(), line, spoken.unit()) : none())
                .or(() -> first(BuildSigns.ALL, plainQuotes(line), line, Optional.empty()))
                .or(() -> unknown(line, spoken));
        if (finding.isPresent()) {
            evidence.add(finding.get());
        } else if (CONTINUED.matcher(line).matches()) {
            evidence.goOn(line);
        } else {
            evidence.stop();
            remember(line);
        }
    }

    private static Optional<Finding> none() {
        return Optional.empty();
    }

    /** The kernel's Makefile hides LC_ALL from the compiler, which then may quote as UTF-8 does. */
    private static String plainQuotes(String line) {
        return line.replace('\u2018', '\'').replace('\u2019', '\'');
    }

    private Optional<Finding> first(List<Sign> signs, String text, String line, Optional<String> unit) {
        for (Sign sign : signs) {
            Matcher said = sign.in(text);
            if (said.lookingAt()) {
                Optional<String> name = name(said);
                Subject subject = subject(said, name, unit);
                Excerpt excerpt = new Excerpt();
                if (subject.name().filter(compiledFunction::equals).isPresent()) {
                    excerpt.add(compiledLine);
                }
                excerpt.add(line);
                String remedy = sign.remedy().replace("{}", name.orElse("it"));
                return Optional.of(new Finding(sign.trust(), sign.failure(), remedy, subject, excerpt));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> unknown(String line, SpokenLine spoken) {
        if (!spoken.isTool()
                || !spoken.isError()
                || tool.silent().matcher(spoken.text()).lookingAt()
                || tool.noChange().containsKey(spoken.text())) {
            return Optional.empty();
        }
        Excerpt excerpt = new Excerpt();
        excerpt.add(line);
        // A tool that compares objects gives up only for a cause, known or not.
        Trust trust = spoken.unit().isPresent() ? Trust.SUMMARY : Trust.LAST;
        return Optional.of(new Finding(trust, BuildFailure.UNCLASSIFIED, READ, Subject.NONE, excerpt));
    }

    private void remember(String line) {
        Matcher patched = PATCHED_FILE.matcher(line);
        if (patched.lookingAt()) {
            patchedFile = patched.group("file");
        }
        Matcher compiled = IN_FUNCTION.matcher(plainQuotes(line));
        if (compiled.lookingAt()) {
            compiledFile = compiled.group("file");
            compiledFunction = Objects.requireNonNullElse(compiled.group("name"), "");
            compiledLine = line;
        }
    }

    private Subject subject(Matcher said, Optional<String> name, Optional<String> unit) {
        Optional<String> file = group(said, "file");
        Optional<String> line = group(said, "line");
        Optional<SourcePlace> place = file.or(() -> line.map(number -> patchedFile))
                .flatMap(names::source)
                .map(path ->
                        new SourcePlace(path, line.map(EvidenceReader::number).orElse(OptionalInt.empty())));
        boolean inFunction = file.filter(compiledFile::equals).isPresent() && !compiledFunction.isEmpty();
        return new Subject(
                place,
                group(said, "object").flatMap(TreeNames::object).or(() -> object(unit)),
                inFunction
                        ? Optional.of(compiledFunction)
                        : name.filter(text -> !WHOLE_SECTION.matcher(text).matches()));
    }

    private static Optional<String> name(Matcher said) {
        return NAMES.stream()
                .map(group -> group(said, group))
                .flatMap(Optional::stream)
                .findFirst()
                .map(EvidenceReader::symbol);
    }

    private Optional<KernelObject> object(Optional<String> unit) {
        return unit.flatMap(name -> names.objectOf()
                .apply(name)
                .or(() -> tool.equals(Tool.KLP) ? TreeNames.object(name) : Optional.empty()));
    }

    private static OptionalInt number(String digits) {
        int number = Integer.parseInt(digits);
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static String symbol(String name) {
        return KIND_OF_SECTION.matcher(name).replaceFirst("");
    }

    private static Optional<String> group(Matcher said, String name) {
        return said.pattern().pattern().contains("(?<" + name + ">")
                ? Optional.ofNullable(said.group(name))
                : Optional.empty();
    }

    /** The best explanation. What does not compile before the fix is applied is not the fault of the fix. */
    Optional<Finding> best(List<Phase> phases) {
        boolean withoutFix =
                !phases.isEmpty() && phases.get(phases.size() - 1).name().startsWith("Building original");
        return evidence.best().map(finding -> withoutFix ? ofTree(finding) : finding);
    }

    private static Finding ofTree(Finding finding) {
        boolean blamesFix = finding.trust().compareTo(Trust.BUILD) >= 0 && FAULTS_OF_CODE.contains(finding.failure());
        if (!blamesFix) {
            return finding;
        }
        return finding.as(
                BuildFailure.TREE_DOES_NOT_BUILD, "Repair the tree: it does not build without the fix either.");
    }
}
