package org.tuxtape.feeds;

import org.junit.jupiter.api.DisplayName;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.testkit.contract.CveSourceSubject;

@DisplayName("A tree as DIRECTORY")
class DirectoryContractTest extends TreeContract {
    DirectoryContractTest() {
        super(Packing.DIRECTORY);
    }

    @Override
    CveSourceSubject truncated(CveSourceSubject subject) {
        return subject.noTruncatedArchive("A directory has no end that could be missing.");
    }
}
