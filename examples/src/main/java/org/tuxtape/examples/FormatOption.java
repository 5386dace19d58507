package org.tuxtape.examples;

import picocli.CommandLine.Option;

/** For whom a result is printed. */
public final class FormatOption {
    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    enum Format {
        TEXT,
        JSON
    }

    public boolean isJson() {
        return format == Format.JSON;
    }
}
