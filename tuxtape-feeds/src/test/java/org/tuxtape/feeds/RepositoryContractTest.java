package org.tuxtape.feeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.feeds.fixture.GitTree;
import org.tuxtape.feeds.fixture.Packing;
import org.tuxtape.feeds.fixture.Trees;
import org.tuxtape.testkit.contract.CveSourceSubject;

class RepositoryContractTest extends TreeContract {
    RepositoryContractTest() {
        super(Packing.GIT);
    }

    @Override
    CveSource source(Path path) {
        return CnaRepository.of(path);
    }

    @Override
    CveSourceSubject truncated(CveSourceSubject subject) {
        GitTree tree = GitTree.create(directory.resolve("incomplete"));
        tree.commit(Trees.small());
        try {
            Files.delete(tree.loose(tree.id("HEAD:vulns/cve/published/2024/CVE-2024-26581.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return subject.truncatedArchive(source(tree.path()), 2);
    }
}
