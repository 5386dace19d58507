package org.tuxtape.feeds;

import org.junit.jupiter.api.DisplayName;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.testkit.contract.CveSourceSubject;

@DisplayName("A tree as ZIP")
class ZipContractTest extends TreeContract {
    ZipContractTest() {
        super(Packing.ZIP);
    }

    @Override
    CveSourceSubject truncated(CveSourceSubject subject) {
        return subject.noTruncatedArchive("A zip that is cut has lost the list of its members, and is not opened.");
    }
}
