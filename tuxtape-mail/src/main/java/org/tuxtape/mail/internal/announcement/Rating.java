package org.tuxtape.mail.internal.announcement;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.cve.Cvss;
import org.tuxtape.core.cve.CvssVector;
import org.tuxtape.core.cve.Remark;

/** Reads the section with the CNA's own CVSS rating, which announcements have since April 2026. */
final class Rating {
    private static final Pattern SCORE = Pattern.compile("CVSS v\\d\\.\\d: (\\d{1,2}(?:\\.\\d{1,2})?)(?: [A-Za-z]+)?");
    private static final String VECTOR = "Vector:";
    private static final double HIGHEST_SCORE = 10;

    private OptionalDouble score = OptionalDouble.empty();
    private Optional<CvssVector> vector = Optional.empty();

    private Rating() {}

    /** Returns the rating, if there is one; the first line that is not understood becomes a remark. */
    static Optional<Cvss> read(MailLines lines, Sections.Extent section, List<Remark> remarks) {
        Rating rating = new Rating();
        boolean understood = true;
        for (int line = section.start(); line < section.end(); line++) {
            if (!lines.isBlank(line) && !rating.take(lines.stripped(line)) && understood) {
                understood = false;
                remarks.add(new Remark("The severity is not understood from here on.", lines.excerpt(line)));
            }
        }
        if (rating.vector.isEmpty() && understood) {
            remarks.add(new Remark("The severity has no CVSS vector.", lines.excerpt(section.heading())));
        }
        return rating.vector.map(metrics -> new Cvss(metrics, rating.score));
    }

    private boolean take(String line) {
        if (line.startsWith(VECTOR)) {
            return takeVector(line.substring(VECTOR.length()).strip());
        }
        Matcher matcher = SCORE.matcher(line);
        return matcher.matches() && takeScore(Double.parseDouble(matcher.group(1)));
    }

    /** A second rating, of another version of CVSS for example, has no place in a CVE. */
    private boolean takeVector(String text) {
        if (vector.isPresent()) {
            return false;
        }
        try {
            vector = Optional.of(CvssVector.parse(text));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean takeScore(double number) {
        if (score.isPresent() || number > HIGHEST_SCORE) {
            return false;
        }
        score = OptionalDouble.of(number);
        return true;
    }
}
