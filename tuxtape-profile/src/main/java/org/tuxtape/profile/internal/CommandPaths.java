package org.tuxtape.profile.internal;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.kernel.SourcePath;

/**
 * Turns the paths of a list of compile commands into paths of the kernel's source: the source's root is what stands
 * before an object's own path in the path of its source, in most entries. No path is looked up in a file system.
 */
final class CommandPaths {
    private final BuildPaths paths;

    private CommandPaths(BuildPaths paths) {
        this.paths = paths;
    }

    static CommandPaths infer(Collection<CompileCommand> commands) {
        Map<String, Integer> votes = new TreeMap<>();
        TreeSet<String> directories = new TreeSet<>();
        for (CompileCommand command : commands) {
            String object = relative(command);
            String source = absolute(command.file(), command.directory());
            if (object.indexOf('.') >= 0 && source.indexOf('.') >= 0) {
                BuildPaths.rootOf(source, BuildPaths.stem(object) + BuildPaths.extension(source))
                        .ifPresent(root -> votes.merge(root, 1, Integer::sum));
            }
            if (command.directory().startsWith("/")) {
                directories.add(command.directory());
            }
        }
        return new CommandPaths(BuildPaths.of(votes, directories));
    }

    /** Returns the unit's path in the source, or empty if it leads out of it. */
    Optional<String> source(CompileCommand command) {
        return paths.resolve(absolute(command.file(), command.directory()));
    }

    /** Returns the object's path in the build. */
    Optional<String> object(CompileCommand command) {
        return SourcePath.tryParse(relative(command)).map(SourcePath::text);
    }

    static String absolute(String path, String directory) {
        String whole = path.startsWith("/") || directory.isEmpty() ? path : directory + "/" + path;
        if (!whole.startsWith("/") || (whole.indexOf("/.") < 0 && whole.indexOf("//") < 0)) {
            return whole;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private static String relative(CompileCommand command) {
        String object = absolute(command.object(), command.directory());
        String directory = command.directory();
        if (!directory.isEmpty() && object.startsWith(directory + "/")) {
            return object.substring(directory.length() + 1);
        }
        return object.startsWith("./") ? object.substring(2) : object;
    }
}
