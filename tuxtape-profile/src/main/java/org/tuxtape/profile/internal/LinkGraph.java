package org.tuxtape.profile.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which file of a build was put together from which: a module from its objects, an archive from its members, an image
 * from archives. All files are named by their path in the build tree.
 */
final class LinkGraph {
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, List<String>> users = new HashMap<>();

    private record Node(List<String> members, List<String> onDemand) {}

    LinkGraph(Collection<CmdFile> files, BuildPaths paths) {
        for (CmdFile file : files) {
            Node node = new Node(
                    resolve(file.target(), file.command().members(), paths),
                    resolve(file.target(), file.command().onDemand(), paths));
            nodes.put(file.target(), node);
            if (isLinked(file.target())) {
                node.members().forEach(member -> addUser(member, file.target()));
                node.onDemand().forEach(member -> addUser(member, file.target()));
            }
        }
    }

    private static List<String> resolve(String target, List<String> written, BuildPaths paths) {
        return written.stream()
                .map(paths::resolve)
                .flatMap(Optional::stream)
                .filter(member -> !member.equals(target))
                .distinct()
                .toList();
    }

    private void addUser(String member, String target) {
        users.computeIfAbsent(member, key -> new ArrayList<>()).add(target);
    }

    /** Lists and texts are made from objects too, but are not linked from them. */
    private static boolean isLinked(String target) {
        return !(target.endsWith(".h")
                || target.endsWith(".c")
                || target.endsWith(".S")
                || target.endsWith(".s")
                || target.endsWith(".lds")
                || target.endsWith(".mod")
                || target.endsWith(".order")
                || target.endsWith(".symvers")
                || target.endsWith(".modinfo"));
    }

    /** Tells whether the build recorded how it made this file. */
    boolean contains(String target) {
        return nodes.containsKey(target);
    }

    /** Tells whether the build recorded that it made this file from others. */
    boolean isAssembled(String target) {
        Node node = nodes.get(target);
        return node != null && !(node.members().isEmpty() && node.onDemand().isEmpty());
    }

    /** Returns the files that were made, without those that another one was linked from. */
    SortedSet<String> unused(Predicate<String> wanted) {
        SortedSet<String> found = new TreeSet<>();
        for (String target : nodes.keySet()) {
            if (wanted.test(target) && !users.containsKey(target)) {
                found.add(target);
            }
        }
        return found;
    }

    /**
     * Goes down from files to all that they were put together from.
     *
     * @param roots where to start
     * @param onDemand whether to enter archives of which the linker takes only what it needs
     * @return the roots and everything below them, whether or not the build recorded it
     */
    Set<String> below(Collection<String> roots, boolean onDemand) {
        Set<String> seen = new HashSet<>(roots);
        Deque<String> open = new ArrayDeque<>(roots);
        for (String target = open.poll(); target != null; target = open.poll()) {
            Node node = nodes.get(target);
            if (node != null) {
                enter(node.members(), seen, open);
                if (onDemand) {
                    enter(node.onDemand(), seen, open);
                }
            }
        }
        return seen;
    }

    /** Goes up from a file to what was linked from it and is part of nothing more; the file itself if nothing was. */
    SortedSet<String> outermost(String target) {
        SortedSet<String> found = new TreeSet<>();
        Set<String> seen = new HashSet<>(Set.of(target));
        Deque<String> open = new ArrayDeque<>(seen);
        for (String next = open.poll(); next != null; next = open.poll()) {
            List<String> above = users.getOrDefault(next, List.of());
            if (above.isEmpty()) {
                found.add(next);
            }
            enter(above, seen, open);
        }
        return found;
    }

    private static void enter(List<String> targets, Set<String> seen, Deque<String> open) {
        for (String target : targets) {
            if (seen.add(target)) {
                open.add(target);
            }
        }
    }

    /** Returns what a file was directly put together from, in the order of its command. */
    List<String> members(String target) {
        Node node = nodes.get(target);
        return node == null ? List.of() : node.members();
    }
}
