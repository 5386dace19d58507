package org.tuxtape.examples;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.MboxSource;

/** The archives that a command line names. */
final class Archives {
    private static final String STANDARD_INPUT = "-";

    private Archives() {}

    static List<CveSource> open(List<String> names, InputStream standardInput) {
        return names.stream().map(name -> open(name, standardInput)).toList();
    }

    private static CveSource open(String name, InputStream standardInput) {
        return name.equals(STANDARD_INPUT)
                ? MboxSource.of(new SourceId("standard input"), standardInput)
                : MboxSource.of(Path.of(name));
    }
}
