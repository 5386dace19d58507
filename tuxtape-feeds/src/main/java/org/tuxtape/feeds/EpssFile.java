package org.tuxtape.feeds;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Excerpt;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.exploit.EpssScores;
import org.tuxtape.core.exploit.EpssScores.Score;
import org.tuxtape.feeds.internal.feed.FeedFile;

/**
 * Reads a day's EPSS scores as FIRST publishes them: CSV, plain or with gzip, with the columns {@code
 * cve,epss,percentile}. The line above them that names model and day may be missing.
 *
 * @see <a href="https://www.first.org/epss/data_stats">EPSS data</a>
 * @since 0.1
 */
public final class EpssFile {
    private static final String COLUMNS = "cve,epss,percentile";
    private static final Pattern MODEL = Pattern.compile("model_version:([^,\\s]{1,100})");
    private static final Pattern DAY = Pattern.compile("score_date:([^,\\s]{1,100})");
    private static final DateTimeFormatter WITHOUT_COLON = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx");
    private static final int LONGEST_LINE = 1000;

    private EpssFile() {}

    /**
     * Reads the scores.
     *
     * @param file the file
     * @return the scores; a line that is none is a remark
     * @throws SourceException if the file cannot be read, is no such file, or expands to more than 256 MiB
     */
    public static Feed<EpssScores> read(Path file) {
        FeedFile feed = FeedFile.of(file);
        return feed.read(in -> read(feed, new Lines(new InputStreamReader(in, StandardCharsets.UTF_8))));
    }

    private static Feed<EpssScores> read(FeedFile feed, Lines lines) throws IOException {
        String head = "";
        String line = lines.next();
        int number = 1;
        while (line != null && line.startsWith("#")) {
            head = head + line + '\n';
            line = lines.next();
            number++;
        }
        if (line == null || !line.strip().equals(COLUMNS)) {
            throw feed.fault(Fault.WRONG_KIND, "is no file of EPSS scores: it has no columns " + COLUMNS);
        }
        Map<CveId, Score> scores = new HashMap<>();
        List<Remark> remarks = new ArrayList<>();
        for (line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (!line.isBlank() && !add(line, scores) && remarks.size() < Feed.MOST_REMARKS) {
                remarks.add(new Remark("This is no score of a CVE, or its second.", new Excerpt(number, line)));
            }
        }
        EpssScores content = new EpssScores(find(MODEL, head), find(DAY, head).flatMap(EpssFile::instant), scores);
        return new Feed<>(content, remarks);
    }

    /** Lines, each cut where it is longer than any line of scores. A file may expand to hundreds of millions of them. */
    private static final class Lines {
        private final Reader in;
        private final char[] buffer = new char[1 << 16];
        private final StringBuilder line = new StringBuilder();
        private int at;
        private int end;

        Lines(Reader in) {
            this.in = in;
        }

        @Nullable
        String next() throws IOException {
            if (!isFilled()) {
                return null;
            }
            line.setLength(0);
            while (isFilled()) {
                int begin = at;
                while (at < end && buffer[at] != '\n') {
                    at++;
                }
                line.append(buffer, begin, Math.min(at - begin, LONGEST_LINE - line.length()));
                if (at < end) {
                    at++;
                    break;
                }
            }
            return line.toString();
        }

        /** Whether there is something in the buffer; there is not at the end. */
        private boolean isFilled() throws IOException {
            if (at == end) {
                at = 0;
                end = Math.max(in.read(buffer), 0);
            }
            return at < end;
        }
    }

    private static boolean add(String line, Map<CveId, Score> scores) {
        String[] columns = line.strip().split(",", -1);
        Optional<CveId> cve = CveId.tryParse(columns[0]);
        if (columns.length != 3 || cve.isEmpty()) {
            return false;
        }
        try {
            Score score = new Score(Double.parseDouble(columns[1]), Double.parseDouble(columns[2]));
            return scores.putIfAbsent(cve.get(), score) == null;
        } catch (IllegalArgumentException e) { // no number, or none between 0 and 1
            return false;
        }
    }

    private static Optional<String> find(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Offsets were written as +0000 until 2025, later as Z. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text, WITHOUT_COLON).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
