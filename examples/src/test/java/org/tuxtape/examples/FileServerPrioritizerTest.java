package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Verdict;
import org.tuxtape.testkit.contract.PrioritizerContract;

/** A prioritizer of one's own is held to the rules by extending the contract, and then tested for what is its own. */
// snippet: prioritizer-contract
class FileServerPrioritizerTest extends PrioritizerContract {
    private static final Verdict NOTHING_KNOWN = Verdict.of(List.of());

    @Override
    protected Prioritizer prioritizer() {
        return FileServerPrioritizer.onTopOf(Prioritizers.standard());
    }

    @Test
    void whatTouchesTheServerIsLiftedAboveItsEqual() {
        assertThat(score("fs/nfsd/vfs.c")).isGreaterThan(score("fs/smb/server/vfs.c"));
    }

    private double score(String file) {
        Cve cve = Cve.builder(CveId.parse("CVE-2024-1000")).files(file).build();
        return prioritizer().priority(cve, NOTHING_KNOWN).score().orElseThrow();
    }
}
// end
