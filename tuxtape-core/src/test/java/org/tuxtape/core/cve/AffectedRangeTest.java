package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;

class AffectedRangeTest {
    private static final KernelVersion VERSION = KernelVersion.parse("6.8");
    private static final CommitId COMMIT = CommitId.parse("0123456789ab");
    private static final Change CHANGE = Change.of(VERSION, COMMIT);

    @Test
    void aChangeHasAVersionACommitOrBoth() {
        assertThat(Change.of(VERSION)).isEqualTo(new Change(Optional.of(VERSION), Optional.empty()));
        assertThat(Change.of(COMMIT)).isEqualTo(new Change(Optional.empty(), Optional.of(COMMIT)));
        assertThat(CHANGE).isEqualTo(new Change(Optional.of(VERSION), Optional.of(COMMIT)));
    }

    @Test
    void aChangeOfWhichNothingIsKnownIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(Optional.empty(), Optional.empty()));
    }

    @Test
    void aChangeNamesItsVersionAndItsCommit() {
        assertThat(CHANGE).hasToString("6.8 (commit 0123456789ab)");
        assertThat(Change.of(VERSION)).hasToString("6.8");
        assertThat(Change.of(COMMIT)).hasToString("an unknown version (commit 0123456789ab)");
    }

    @Test
    void eitherEndOfARangeMayBeUnknown() {
        assertThat(AffectedRange.of(CHANGE, CHANGE))
                .isEqualTo(new AffectedRange(Optional.of(CHANGE), Optional.of(CHANGE)));
        assertThat(AffectedRange.fixedBy(CHANGE)).isEqualTo(new AffectedRange(Optional.empty(), Optional.of(CHANGE)));
        assertThat(AffectedRange.unfixedSince(CHANGE))
                .isEqualTo(new AffectedRange(Optional.of(CHANGE), Optional.empty()));
        assertThat(AffectedRange.EVERYTHING).isEqualTo(new AffectedRange(Optional.empty(), Optional.empty()));
    }

    @Test
    void unknownIsSaidByEmptyNotByNull() {
        assertThatNullPointerException().isThrownBy(() -> new AffectedRange(null, Optional.of(CHANGE)));
        assertThatNullPointerException().isThrownBy(() -> new AffectedRange(Optional.of(CHANGE), null));
        assertThatNullPointerException().isThrownBy(() -> new Change(null, Optional.of(COMMIT)));
        assertThatNullPointerException().isThrownBy(() -> new Change(Optional.of(VERSION), null));
    }
}
