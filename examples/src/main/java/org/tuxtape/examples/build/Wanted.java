package org.tuxtape.examples.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.fix.Fix;

/** A CVE that somebody wants fixed. */
sealed interface Wanted {
    CveId cve();

    /**
     * There is a fix.
     *
     * @param patches the files that it was read from; empty if a fix source has it
     * @param backport why it is one of another branch; empty if it is not
     */
    record Fixed(Fix fix, List<Path> patches, Optional<String> backport) implements Wanted {
        @Override
        public CveId cve() {
            return fix.cve();
        }
    }

    /** There is none. */
    record Missing(CveId cve, String reason) implements Wanted {}
}
