package org.tuxtape.core.triage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.FilePresence;

/** Rung 2: were the files that the fix touches compiled at all? */
final class FileRung {
    private FileRung() {}

    static Evidence.Files climb(List<SourcePath> paths, BuildProfile profile) {
        SortedMap<SourcePath, FilePresence> files = new TreeMap<>();
        for (SourcePath path : paths) {
            files.computeIfAbsent(path, profile::file);
        }
        return of(files);
    }

    static Evidence.Files of(SortedMap<SourcePath, FilePresence> files) {
        return new Evidence.Files(files, describe(files));
    }

    /** Also looks for files that this kernel's source does not have where they are said to be. */
    static Evidence.Files climb(List<SourcePath> paths, BuildProfile profile, PathDrift drift) {
        SortedMap<SourcePath, FilePresence> files = new TreeMap<>();
        Set<MovedFile> moves = new LinkedHashSet<>();
        for (SourcePath path : paths) {
            FilePresence presence = profile.file(path);
            Optional<MovedFile> move =
                    presence instanceof FilePresence.Unknown && drift.lacks(path) ? drift.find(path) : Optional.empty();
            move.ifPresent(moves::add);
            move.ifPresentOrElse(
                    moved -> moved.found().forEach(found -> files.computeIfAbsent(found, profile::file)),
                    () -> files.put(path, presence));
        }
        String moved = moves.stream().map(FileRung::describe).collect(Collectors.joining());
        return new Evidence.Files(files, List.copyOf(moves), moved + describe(files));
    }

    private static String describe(MovedFile move) {
        String found = move.found().stream().map(SourcePath::text).collect(Collectors.joining(", "));
        return move.listed() + " is not in this source; " + move.by() + ", it is " + found + ". ";
    }

    private static String describe(SortedMap<SourcePath, FilePresence> files) {
        return files.isEmpty()
                ? "No files are named."
                : files.entrySet().stream()
                        .map(file -> describe(file.getKey(), file.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private static String describe(SourcePath path, FilePresence presence) {
        if (presence instanceof FilePresence.Compiled compiled) {
            return path + " is compiled into " + names(compiled.objects()) + ".";
        }
        if (presence instanceof FilePresence.Included included) {
            int units = included.units().size();
            String by = units == 1 ? included.units().first().text() : units + " compiled units";
            return path + " is included by " + by + ".";
        }
        if (presence instanceof FilePresence.Absent absent) {
            return path + " is not compiled. " + absent.reason();
        }
        return path + " cannot be judged. " + ((FilePresence.Unknown) presence).reason();
    }

    private static String names(Iterable<KernelObject> objects) {
        StringBuilder text = new StringBuilder();
        for (KernelObject object : objects) {
            text.append(text.isEmpty() ? "" : ", ").append(object);
        }
        return text.toString();
    }
}
