package org.tuxtape.kpatch.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.source.SourceView;

/** What the makefile of a directory says about its files, whatever its conditions are. */
record Makefile(List<Assignment> assignments) {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([\\w.$()-]+)\\s*[+:?]?=\\s*(.*)");
    private static final Pattern NO_HOOKS =
            Pattern.compile("ccflags-remove-.*|subdir-ccflags-remove-.*|KBUILD_CFLAGS|CFLAGS_REMOVE_.*");

    /** A variable and its words. */
    record Assignment(String name, String value) {
        List<String> words() {
            return Arrays.asList(value.split("\\s+"));
        }
    }

    /** Reads the makefile in the directory of a file. */
    static Makefile beside(SourcePath path, SourceView tree) {
        String directory = path.text().substring(0, path.text().lastIndexOf('/') + 1);
        String text = Optional.of(SourcePath.parse(directory + "Makefile"))
                .flatMap(tree::text)
                .or(() -> tree.text(SourcePath.parse(directory + "Kbuild")))
                .orElse("");
        return new Makefile(text.replace("\\\n", " ")
                .lines()
                .map(ASSIGNMENT::matcher)
                .filter(Matcher::matches)
                .map(line -> new Assignment(line.group(1), line.group(2)))
                .toList());
    }

    /** Tells whether a file is compiled into a program that runs on the machine that builds. */
    boolean isHostProgram(SourcePath path) {
        String object = object(path);
        String program = object.substring(0, object.length() - 2);
        List<String> programs = assignments.stream()
                .filter(assignment -> assignment.name().startsWith("hostprogs"))
                .flatMap(assignment -> assignment.words().stream())
                .toList();
        return programs.contains(program)
                || programs.stream()
                        .anyMatch(each -> assignments.stream()
                                .anyMatch(assignment -> assignment.name().startsWith(each + "-objs")
                                        && assignment.words().contains(object)));
    }

    /** Tells whether a file is compiled without the calls by which ftrace takes over. */
    boolean isWithoutHooks(SourcePath path) {
        return assignments.stream()
                .filter(assignment -> NO_HOOKS.matcher(assignment.name()).matches())
                .filter(assignment -> !assignment.name().startsWith("CFLAGS_REMOVE_")
                        || assignment.name().equals("CFLAGS_REMOVE_" + object(path)))
                .filter(assignment -> !assignment.name().equals("KBUILD_CFLAGS")
                        || assignment.value().contains("subst"))
                .anyMatch(assignment -> assignment.value().contains("$(CC_FLAGS_FTRACE)")
                        || assignment.words().contains("-pg"));
    }

    private static String object(SourcePath path) {
        return path.name().replaceFirst("\\.c$", ".o");
    }
}
