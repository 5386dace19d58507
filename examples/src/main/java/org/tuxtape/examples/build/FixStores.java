package org.tuxtape.examples.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.kpatch.fix.FixSources;
import org.tuxtape.kpatch.fix.GitFixSource;
import org.tuxtape.kpatch.fix.PatchFixSource;

/** Opens what a person names as a source of fixes. */
public final class FixStores {
    private FixStores() {}

    /** Opens git repositories, and directories and archives of patches, at least one. */
    public static FixSource open(List<Path> stores) {
        return FixSources.firstOf(stores.stream().map(FixStores::open).toList());
    }

    private static FixSource open(Path store) {
        boolean isGit = Files.exists(store.resolve(".git"))
                || (Files.isDirectory(store.resolve("objects")) && Files.exists(store.resolve("HEAD")));
        return isGit ? GitFixSource.of(store) : PatchFixSource.of(store);
    }
}
