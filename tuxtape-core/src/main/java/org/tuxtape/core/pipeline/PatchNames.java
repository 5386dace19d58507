package org.tuxtape.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.disk.Digests;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.livepatch.LivepatchName;

/** What modules are called. A running kernel shows no digest, so a name says what is in it. */
final class PatchNames {
    private static final int DIGITS = 12;

    private PatchNames() {}

    static LivepatchName of(CveId cve) {
        return LivepatchName.parse(cve.toString().replace("CVE", "livepatch"));
    }

    /** Other fixes give another name. */
    static LivepatchName of(List<Fix> fixes) {
        MessageDigest digest = Digests.sha256();
        for (Fix fix : fixes) {
            digest.update(fix.cve().toString().getBytes(StandardCharsets.US_ASCII));
            fix.commits().forEach(commit -> {
                digest.update((byte) 0);
                digest.update(commit.diff().getBytes(StandardCharsets.UTF_8));
            });
            digest.update((byte) 1);
        }
        return new LivepatchName("livepatch_cumulative_" + Digests.hex(digest).substring(0, DIGITS));
    }
}
