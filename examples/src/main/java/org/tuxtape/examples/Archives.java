package org.tuxtape.examples;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.mail.MailOptions;
import org.tuxtape.mail.MboxOptions;
import org.tuxtape.mail.MboxSource;

/** The archives that a command line names. */
final class Archives {
    private static final String STANDARD_INPUT = "-";

    private Archives() {}

    static List<CveSource> open(List<String> names, InputStream standardInput) {
        return open(names, standardInput, MailOptions.defaults());
    }

    static List<CveSource> open(List<String> names, InputStream standardInput, MailOptions options) {
        MboxOptions mbox = MboxOptions.defaults().with(options);
        return names.stream()
                .<CveSource>map(name -> open(name, standardInput).with(mbox))
                .toList();
    }

    private static MboxSource open(String name, InputStream standardInput) {
        return name.equals(STANDARD_INPUT)
                ? MboxSource.of(new SourceId("standard input"), standardInput)
                : MboxSource.of(Path.of(name));
    }
}
