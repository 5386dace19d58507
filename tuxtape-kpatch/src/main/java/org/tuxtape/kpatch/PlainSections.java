package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A compile in which {@code __ref} and {@code __sched} name no section. Code marked {@code __ref} may use initial code, but
 * stays when that goes; code marked {@code __sched} is left out where the kernel says in which function a task sleeps. Both
 * have ftrace's hooks. But create-diff-object knows a function by the section that the compiler gave it for its own, and
 * {@code .ref.text} and {@code .sched.text} are one for all of them: they differ as a whole, be it for a function in them
 * that is not changed. So the objects in which they do are compiled, before and after the fix, with a header in front that
 * takes the sections away, by Kbuild's variable for the flags of one object.
 */
final class PlainSections {
    static final String REMARK =
            "kpatch-build knows no function by a section that it shares with others, as code marked __ref or __sched does; "
                    + "so the files in which that differed were compiled with that code in sections as any other.";

    private static final Pattern CHANGED =
            Pattern.compile("(?:(?<object>\\S+\\.o): )?changed section (?<section>\\S+) not selected for inclusion");
    private static final Pattern SHARED = Pattern.compile("(\\.rela)?\\.(ref|sched)\\.text");
    /** As the kernel has them, but for the section. */
    private static final String HEADER = """
            #include <linux/init.h>
            #undef __ref
            #define __ref noinline
            #include <linux/sched/debug.h>
            #undef __sched
            #define __sched
            """;

    /** What the script hands on as one word. */
    private static final Pattern WORD = Pattern.compile("[\\w./+@,-]+");

    private static final int LEVELS = 4;

    private PlainSections() {}

    /**
     * The objects that differ in sections of such code, by the last part of their names; none where a failure names another
     * section, or no object.
     */
    static SortedSet<String> objects(String excerpt) {
        SortedSet<String> objects = new TreeSet<>();
        for (Matcher changed = CHANGED.matcher(excerpt); changed.find(); ) {
            if (changed.group("object") == null
                    || !SHARED.matcher(changed.group("section")).matches()) {
                return Collections.emptySortedSet();
            }
            objects.add(changed.group("object"));
        }
        return objects;
    }

    /** Writes the header, into a new folder. */
    static Path header(Path folder) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder).resolve("plain_sections.h"), HEADER, StandardCharsets.US_ASCII);
    }

    /**
     * Returns the words for make by which objects are compiled with a header in front; none where a makefile has flags of
     * its own for one, which they would replace, or where a program of the build has an object of the same name.
     *
     * @param header the header, or the folder it will be in
     */
    static List<String> flags(Path tree, List<CompiledUnit> units, Path header) {
        boolean isPossible = WORD.matcher(header.toString()).matches()
                && units.stream().noneMatch(unit -> hasFlags(tree, unit) || isOfTheBuild(tree, unit));
        return isPossible
                ? units.stream()
                        .map(unit -> "CFLAGS_" + unit.name() + "=-include" + header)
                        .distinct()
                        .toList()
                : List.of();
    }

    private static boolean hasFlags(Path tree, CompiledUnit unit) {
        Pattern flags = Pattern.compile("\\bCFLAGS_(\\$|" + Pattern.quote(unit.name()) + "[\\s:+?=])");
        return Stream.of("Makefile", "Kbuild")
                .map(name -> tree.resolve(unit.target()).resolveSibling(name))
                .filter(Files::exists)
                .anyMatch(makefile -> {
                    try {
                        return flags.matcher(Files.readString(makefile, StandardCharsets.ISO_8859_1))
                                .find();
                    } catch (IOException e) {
                        return true; // nobody knows
                    }
                });
    }

    private static boolean isOfTheBuild(Path tree, CompiledUnit unit) {
        Path tools = tree.resolve("tools/objtool");
        if (!Files.isDirectory(tools)) {
            return false;
        }
        try (Stream<Path> files = Files.find(tools, LEVELS, (file, attributes) -> file.endsWith(unit.name()))) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return true;
        }
    }
}
