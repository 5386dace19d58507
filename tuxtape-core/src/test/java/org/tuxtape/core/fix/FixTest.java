package org.tuxtape.core.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Replacement;

/** What a build is made of: commits, the fix that they are, and the request that takes fixes. */
class FixTest {
    private static final CveId CVE = CveId.parse("CVE-2024-26581");
    private static final KernelVersion BRANCH = KernelVersion.parse("6.6");
    private static final FixCommit FIRST = commit("aaaaaaaaaaaa");
    private static final FixCommit SECOND = commit("bbbbbbbbbbbb");

    @Test
    void aFixKeepsItsCommitsInOrder() {
        List<FixCommit> commits = new ArrayList<>(List.of(SECOND, FIRST));
        Fix fix = new Fix(CVE, BRANCH, commits);

        commits.clear();

        assertThat(fix.commits()).containsExactly(SECOND, FIRST);
    }

    @Test
    void aFixHasAtLeastOneCommit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fix(CVE, BRANCH, List.of()));
    }

    @Test
    void aBuildHasAtLeastOneFixAndKeepsTheirOrder() {
        Fix one = new Fix(CVE, BRANCH, List.of(FIRST));
        Fix other = new Fix(CVE, BRANCH, List.of(SECOND));

        assertThat(request(List.of(other, one)).fixes()).containsExactly(other, one);
        assertThatIllegalArgumentException().isThrownBy(() -> request(List.of()));
    }

    @Test
    void whatWasLookedUpIsThereOrSaysWhyNot() {
        Fix fix = new Fix(CVE, BRANCH, List.of(FIRST));

        assertThat(new FixLookup.Found(fix).fix()).isEqualTo(fix);
        assertThat(new FixLookup.NeedsBackport(fix, "Only 6.6 has one.").reason())
                .isEqualTo("Only 6.6 has one.");
        assertThat(new FixLookup.Missing("Nobody made one.").reason()).isEqualTo("Nobody made one.");
        assertThatNullPointerException().isThrownBy(() -> new FixLookup.Found(null));
        assertThatNullPointerException().isThrownBy(() -> new FixLookup.NeedsBackport(fix, null));
        assertThatNullPointerException().isThrownBy(() -> new FixLookup.Missing(null));
    }

    private static BuildRequest request(List<Fix> fixes) {
        return new BuildRequest(new LivepatchName("livepatch_a"), KernelBuild.of(BRANCH), fixes, Replacement.STACK);
    }

    private static FixCommit commit(String id) {
        return new FixCommit(Optional.of(CommitId.parse(id)), "subject", "--- a/x\n+++ b/x\n");
    }
}
