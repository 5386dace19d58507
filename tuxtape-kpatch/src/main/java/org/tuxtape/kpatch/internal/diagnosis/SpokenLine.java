package org.tuxtape.kpatch.internal.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line with what stands in front of its words taken off.
 *
 * @param unit the object it names, with {@code .o}; possibly empty
 * @param text its words
 * @param isTool whether one of the livepatch tools says it, and not a program of the build
 * @param isError whether it is marked as an error
 */
record SpokenLine(Optional<String> unit, String text, boolean isTool, boolean isError) {
    /**
     * {@code ERROR: words} of the script, {@code ERROR: tcp.o: words} of a difference that cannot be, {@code
     * create-diff-object: ERROR: tcp.o: function: 123: words} of everything else, and {@code tcp.o: words} of its findings.
     */
    private static final Pattern KPATCH = Pattern.compile(
            "(?:create-\\w+-\\w+: )?(?<error>ERROR: )?(?:(?<unit>[^\\s:]+\\.o): )?(?:\\w+: \\d+: )?(?<text>.*)",
            Pattern.DOTALL);

    /** {@code error: klp-build: words}, and {@code vmlinux.o: error: objtool: words} or {@code objtool [file.c:12]: words}. */
    private static final Pattern KLP = Pattern.compile(
            "(?:(?<unit>[^\\s:]+\\.k?o): )?(?:(?<error>error)|warning): (?:klp-build|objtool)(?: \\[[^\\]]*])?: (?<text>.*)",
            Pattern.DOTALL);

    private static final Pattern SEE_LOG = Pattern.compile("\\.(?: Check \\S.* for more details\\.)?$");

    static SpokenLine ofKpatch(String line) {
        Matcher said = KPATCH.matcher(line);
        if (!said.matches()) {
            return new SpokenLine(Optional.empty(), line, false, false);
        }
        boolean error = said.group("error") != null;
        Optional<String> unit = Optional.ofNullable(said.group("unit"));
        boolean tool = error || unit.isPresent() || line.startsWith("create-") || line.startsWith("WARNING: ");
        String text = said.group("text");
        return new SpokenLine(unit, error ? SEE_LOG.matcher(text).replaceFirst("") : text, tool, error);
    }

    static SpokenLine ofKlp(String line) {
        Matcher said = KLP.matcher(line);
        if (!said.matches()) {
            return new SpokenLine(Optional.empty(), line, false, false);
        }
        return new SpokenLine(
                Optional.ofNullable(said.group("unit")), said.group("text"), true, said.group("error") != null);
    }
}
