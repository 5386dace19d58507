package org.tuxtape.feeds;

import org.junit.jupiter.api.DisplayName;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.testkit.contract.CveSourceSubject;

@DisplayName("A tree as TAR")
class TarContractTest extends TreeContract {
    TarContractTest() {
        super(Packing.TAR);
    }

    @Override
    CveSourceSubject truncated(CveSourceSubject subject) {
        return subject.truncatedArchive(CnaTree.of(start(9 * 512)), 0);
    }
}
