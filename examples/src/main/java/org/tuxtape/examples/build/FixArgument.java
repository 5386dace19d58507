package org.tuxtape.examples.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.diff.Diff;
import org.tuxtape.core.diff.DiffException;
import org.tuxtape.core.fix.FixCommit;
import org.tuxtape.examples.Unusable;

/** A patch that the command line names, {@code FILE} or {@code CVE-2024-26582=FILE}, and the CVE that it is for. */
record FixArgument(Optional<CveId> cve, Path file) {
    static final String LABEL = "[CVE=]FILE";

    private static final Pattern CVE = Pattern.compile("CVE-[0-9]{4}-[0-9]{4,}");
    private static final Pattern NAMED = Pattern.compile("(" + CVE + ")=(.+)");

    static FixArgument parse(String text) {
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return new FixArgument(CveId.tryParse(named.group(1)), file(named.group(2)));
        }
        Optional<String> last =
                CVE.matcher(text).results().map(MatchResult::group).reduce((one, other) -> other);
        return new FixArgument(last.flatMap(CveId::tryParse), file(text));
    }

    private static Path file(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    /** Reads the patch, one char per byte. */
    String read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Diff.LONGEST + 1);
            if (bytes.length > Diff.LONGEST) {
                throw new Unusable(file + " is too large for a patch.");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Unusable("The patch " + file + " could not be read: " + Unusable.reason(e) + ".", e);
        }
    }

    /** Reads the patch as a commit; of one that is no diff nothing is known but its text, and nothing will build it. */
    FixCommit commit() {
        String text = read();
        try {
            Diff diff = Diff.parse(text);
            return new FixCommit(diff.commit(), diff.subject(), text);
        } catch (DiffException e) {
            return new FixCommit(Optional.empty(), "", text);
        }
    }
}
