package org.tuxtape.core.triage;

import java.util.List;
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
        String reason = files.isEmpty()
                ? "No files are named."
                : files.entrySet().stream()
                        .map(file -> describe(file.getKey(), file.getValue()))
                        .collect(Collectors.joining(" "));
        return new Evidence.Files(files, reason);
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
