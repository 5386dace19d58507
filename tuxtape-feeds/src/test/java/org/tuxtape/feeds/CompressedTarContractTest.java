package org.tuxtape.feeds;

import org.junit.jupiter.api.DisplayName;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.testkit.contract.CveSourceSubject;

@DisplayName("A tree as TAR_XZ")
class CompressedTarContractTest extends TreeContract {
    CompressedTarContractTest() {
        super(Packing.TAR_XZ);
    }

    @Override
    CveSourceSubject truncated(CveSourceSubject subject) {
        return subject.truncatedArchive(CnaTree.of(start(-1)), 3);
    }
}
