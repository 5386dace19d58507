package org.tuxtape.examples.livepatch;

import picocli.CommandLine.Option;

/** For whom a result is printed. */
final class FormatOption {
    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    enum Format {
        TEXT,
        JSON
    }

    boolean isJson() {
        return format == Format.JSON;
    }
}
