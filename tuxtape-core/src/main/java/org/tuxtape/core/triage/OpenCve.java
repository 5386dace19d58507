package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.FilePresence;

/** A CVE that the version of some kernels does not settle, with the findings for what their builds made of its files. */
final class OpenCve {
    /** Builds differ in many ways, but in few about one file: what is beyond is found anew each time. */
    private static final int MOST_KEPT = 16;

    private final Judge judge;
    private final Cve cve;
    private final Evidence.Version version;
    private final List<SourcePath> paths;
    private final Map<Presences, Ranked> findings = new ConcurrentHashMap<>();

    OpenCve(Judge judge, Cve cve, Evidence.Version version) {
        this.judge = judge;
        this.cve = cve;
        this.version = version;
        this.paths = cve.files().stream().distinct().toList();
    }

    Ranked find(BuildProfile profile) {
        List<FilePresence> presences = new ArrayList<>(paths.size());
        for (SourcePath path : paths) {
            presences.add(profile.file(path));
        }
        Presences key = new Presences(presences);
        Ranked known = findings.get(key);
        if (known != null) {
            return known;
        }
        Ranked found = find(presences);
        if (findings.size() < MOST_KEPT) {
            findings.put(key, found);
        }
        return found;
    }

    private Ranked find(List<FilePresence> presences) {
        TreeMap<SourcePath, FilePresence> files = new TreeMap<>();
        for (int i = 0; i < presences.size(); i++) {
            files.put(paths.get(i), presences.get(i));
        }
        return judge.find(cve, Verdict.of(List.of(version, FileRung.of(files))));
    }

    /** Presences as a key: a header is included by thousands of units, and a hash of all of them would cost too much. */
    private record Presences(List<FilePresence> presences) {

        @Override
        public int hashCode() {
            int hash = 1;
            for (FilePresence presence : presences) {
                hash = 31 * hash + hash(presence);
            }
            return hash;
        }

        private static int hash(FilePresence presence) {
            return presence instanceof FilePresence.Included part
                    ? 31 * part.units().size() + part.units().first().hashCode()
                    : presence.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Presences those && presences.equals(those.presences);
        }
    }
}
