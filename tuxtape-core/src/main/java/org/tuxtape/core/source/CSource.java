package org.tuxtape.core.source;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A C source file as the kernel has them, read without its headers and without a compiler: enough to know what its lines
 * belong to, not what they mean. Macros are not expanded. Of code under {@code #if} all branches are read, but what stands
 * under {@code #if 0}; the braces of the first branch count for what follows.
 *
 * <p>Any text can be read; what is no C has no definitions, or strange ones. Time and memory grow with its length.
 *
 * @param definitions what the file defines, in the order in which it ends; a macro may lie within another definition
 * @since 0.1
 */
public record CSource(List<CDefinition> definitions) {

    /** Copies the list. */
    public CSource {
        definitions = List.copyOf(definitions);
    }

    /**
     * Reads a file.
     *
     * @param text its text, in any encoding that keeps ASCII
     * @return what it defines
     */
    public static CSource parse(String text) {
        return new CSource(new CScanner(text).scan());
    }

    /**
     * Finds what some lines belong to.
     *
     * @param lines line numbers, from 1
     * @return the definitions that have at least one of them, in the order of the file's
     */
    public List<CDefinition> at(Collection<Integer> lines) {
        TreeSet<Integer> sorted = new TreeSet<>(lines);
        return definitions.stream()
                .filter(definition -> {
                    Integer line = sorted.ceiling(definition.firstLine());
                    return line != null && line <= definition.lastLine();
                })
                .toList();
    }

    /**
     * Names what of one kind is defined.
     *
     * @param kind which kind
     * @return the names, without order
     */
    public Set<String> names(CDefinition.Kind kind) {
        return definitions.stream()
                .filter(definition -> definition.kind() == kind)
                .map(CDefinition::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
