package org.tuxtape.core.triage;

import java.util.Map;
import java.util.stream.Collectors;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.ScriptedSource;

/** Thirteen messages about ten CVEs, and the kernel to judge them by: one case of each kind. */
final class SmallCatalog {
    static final CveId COMPILED_IN = id(1);
    static final CveId IN_A_MODULE = id(2);
    static final CveId LEFT_OUT = id(3);
    static final CveId NOTHING_KNOWN = id(4);
    static final CveId FIXED = id(5);
    static final CveId INTRODUCED_LATER = id(6);
    static final CveId REJECTED = id(7);
    static final CveId WITHOUT_VERSIONS = id(8);
    static final CveId WITHOUT_FILES = id(9);
    static final CveId HEADER_ONLY = id(10);

    private SmallCatalog() {}

    static CveCatalog catalog() {
        ScriptedSource archive = new ScriptedSource("archive")
                .published(cve(COMPILED_IN, "5.0->6.7", "net/ipv4/tcp.c"))
                .published(cve(IN_A_MODULE, "5.0->6.7", "fs/btrfs/inode.c"))
                .published(cve(LEFT_OUT, "5.0->6.7", "sound/core/pcm.c"))
                .unreadable("The first.")
                .published(cve(NOTHING_KNOWN, "", "moved/away.c"))
                .published(cve(FIXED, "5.0->6.6.10", "net/ipv4/tcp.c"))
                .published(cve(INTRODUCED_LATER, "6.7->6.8", "net/ipv4/tcp.c"))
                .published(cve(REJECTED, "5.0->6.7", "net/ipv4/tcp.c"))
                .published(cve(WITHOUT_VERSIONS, "", "lib/both.c"));
        ScriptedSource rest = new ScriptedSource("rest")
                .published(cve(WITHOUT_FILES, "5.0->6.7"))
                .rejected(REJECTED.toString())
                .unreadable("The second.")
                .published(cve(HEADER_ONLY, "5.0->6.7", "include/net/sock.h"));
        return CveCatalog.of(archive, rest.thenFails(rest.fault()));
    }

    static WrittenProfile profile() {
        return WrittenProfile.of("6.6.20")
                .compiled("net/ipv4/tcp.c", "vmlinux")
                .compiled("fs/btrfs/inode.c", "fs/btrfs/btrfs")
                .compiled("lib/both.c", "vmlinux", "fs/btrfs/btrfs")
                .included("include/net/sock.h", "net/ipv4/tcp.c", "vmlinux")
                .absent("sound/core/pcm.c");
    }

    /** Gives the scores of a table, and none to what is not in it. */
    static Prioritizer scores(Map<CveId, Double> table) {
        Map<CveId, Priority> priorities = table.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> Priority.of(entry.getValue(), "table", "So it is.")));
        return (cve, verdict) -> priorities.getOrDefault(cve.id(), Priority.unknown("table", "It is not listed."));
    }

    private static Cve cve(CveId id, String pairs, String... files) {
        return Cve.builder(id).ranges(Pairs.parse(pairs)).files(files).build();
    }

    private static CveId id(int number) {
        return new CveId(2024, number);
    }
}
