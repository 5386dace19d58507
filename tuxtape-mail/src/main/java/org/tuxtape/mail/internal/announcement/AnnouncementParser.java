package org.tuxtape.mail.internal.announcement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Remark;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.mail.internal.announcement.Announcement.Unreadable;
import org.tuxtape.mail.internal.announcement.Sections.Extent;
import org.tuxtape.mail.internal.announcement.Sections.Heading;

/**
 * Reads mails that announce a CVE, in the form that the kernel CNA has used since February 2024.
 *
 * @see <a href="https://git.kernel.org/pub/scm/linux/security/vulns.git">The CNA's tools that write it</a>
 */
final class AnnouncementParser {
    /** Real mails have some hundred entries in a section at most. */
    private static final int MOST_ENTRIES = 10_000;

    private static final String LEAD = "In the Linux kernel, the following vulnerability has been ";
    private static final String ASSIGNMENT = "The Linux kernel CVE team has ";
    private static final String BEHIND_VERSIONS = "Please see ";
    private static final String RECORD_LINK = "https://cve.org/CVERecord/?id=";
    private static final String BEFORE_FILES = "The file(s) affected by this issue are:";

    private final Subject subject;
    private final MailLines lines;
    private final List<AffectedRange> ranges = new ArrayList<>();
    private final List<SourcePath> files = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>(0);

    private AnnouncementParser(Subject subject, MailLines lines) {
        this.subject = subject;
        this.lines = lines;
    }

    static Announcement parse(Subject subject, MailLines lines) {
        return new AnnouncementParser(subject, lines).parse();
    }

    private Announcement parse() {
        Sections found = Sections.of(lines);
        Optional<String> defect = defect(found);
        if (defect.isPresent()) {
            return Unreadable.because(subject.id(), defect.get());
        }
        int assignment = assignment(found);
        Sections sections = found.startsBefore(Heading.SEVERITY, assignment) ? found.without(Heading.SEVERITY) : found;
        Extent versions = sections.extent(Heading.VERSIONS);
        List<CveId> ids = ids(assignment, versions);
        if (ids.size() != 1) {
            return Unreadable.because(subject.id(), contradiction(ids));
        }
        return readVersions(versions)
                .or(() -> readFiles(sections.extent(Heading.FILES)))
                .or(() -> readReferences(sections.extent(Heading.MITIGATION)))
                .<Announcement>map(refusal -> refusal)
                .orElseGet(() -> published(ids.get(0), sections, assignment));
    }

    private static Optional<String> defect(Sections sections) {
        if (sections.isEmpty()) {
            return Optional.of("It has none of the sections of an announcement.");
        }
        for (Heading heading : Heading.values()) {
            if (heading != Heading.SEVERITY && !sections.has(heading)) {
                return Optional.of("Its section '" + heading.title() + "' is missing.");
            }
        }
        return sections.inOrder() ? Optional.empty() : Optional.of("Its sections are not in their order.");
    }

    /** Returns the last line that says which CVE was assigned, or -1; the description may quote such a line. */
    private int assignment(Sections sections) {
        int first = sections.extent(Heading.DESCRIPTION).start();
        for (int line = sections.extent(Heading.VERSIONS).heading() - 1; line >= first; line--) {
            if (lines.startsWith(line, ASSIGNMENT) && lines.stripped(line).contains("assigned CVE-")) {
                return line;
            }
        }
        return -1;
    }

    /** Every CVE that the mail claims to be about: one, if all is well. */
    private List<CveId> ids(int assignment, Extent versions) {
        Set<CveId> ids = new LinkedHashSet<>();
        subject.id().ifPresent(ids::add);
        if (assignment >= 0) {
            CveMentions.first(lines.stripped(assignment)).ifPresent(ids::add);
        }
        for (int line = versions.start(); line < versions.end(); line++) {
            if (lines.startsWithText(line, RECORD_LINK)) {
                CveMentions.first(lines.stripped(line)).ifPresent(ids::add);
            }
        }
        return List.copyOf(ids);
    }

    private static String contradiction(List<CveId> ids) {
        return ids.isEmpty()
                ? "It names no CVE."
                : "It names " + ids.get(0) + " and " + ids.get(1) + " as the CVE that it is about.";
    }

    private Optional<Unreadable> readVersions(Extent section) {
        boolean boilerplate = false;
        for (int line = section.start(); line < section.end(); line++) {
            boilerplate |= lines.startsWith(line, BEHIND_VERSIONS);
            if (boilerplate ? isIndentedText(line) || looksLikeVersions(line) : !lines.isBlank(line)) {
                Optional<VersionLine> version = VersionLine.parse(lines.stripped(line));
                if (version.isEmpty()) {
                    return refusal(line, "A line about the versions is not understood.");
                }
                if (ranges.size() == MOST_ENTRIES) {
                    return refusal(line, "It names more versions than any announcement does.");
                }
                ranges.add(version.get().range());
                for (String doubt : version.get().doubts()) {
                    remark(line, doubt);
                }
            }
        }
        if (ranges.isEmpty()) {
            remark(section.heading(), "It names no versions.");
        }
        return Optional.empty();
    }

    private boolean looksLikeVersions(int line) {
        return lines.startsWithText(line, "Issue introduced in ") || lines.startsWithText(line, "Fixed in ");
    }

    /** Links are indented as well. */
    private boolean isIndentedText(int line) {
        return lines.isIndented(line) && !lines.isBlank(line) && !isLink(line);
    }

    private Optional<Unreadable> readFiles(Extent section) {
        for (int line = section.start(); line < section.end(); line++) {
            if (!lines.isBlank(line) && !lines.startsWith(line, BEFORE_FILES)) {
                if (files.size() + remarks.size() >= MOST_ENTRIES) {
                    return refusal(line, "It names more files than any announcement does.");
                }
                Optional<SourcePath> path =
                        lines.isIndented(line) ? SourcePath.tryParse(lines.stripped(line)) : Optional.empty();
                // The rest alone could be files that a kernel lacks, and so hide one that it has.
                if (path.isEmpty()) {
                    return refusal(line, "A line about the files is not understood.");
                }
                files.add(path.get());
            }
        }
        return Optional.empty();
    }

    private Optional<Unreadable> readReferences(Extent section) {
        for (int line = section.start(); line < section.end(); line++) {
            if (lines.isIndented(line) && isLink(line)) {
                if (references.size() + remarks.size() >= MOST_ENTRIES) {
                    return refusal(line, "It names more links than any announcement does.");
                }
                String link = lines.stripped(line);
                if (isOneWord(link)) {
                    references.add(link);
                } else {
                    remark(line, "The link is not understood.");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOneWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) || Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isLink(int line) {
        return lines.startsWithText(line, "https://") || lines.startsWithText(line, "http://");
    }

    private Announcement published(CveId id, Sections sections, int assignment) {
        Cve.Builder cve = Cve.builder(id)
                .title(subject.title())
                .description(description(sections.extent(Heading.DESCRIPTION), assignment))
                .ranges(ranges)
                .files(files)
                .references(references);
        if (sections.has(Heading.SEVERITY)) {
            Rating.read(lines, sections.extent(Heading.SEVERITY), remarks).ifPresent(cve::cvss);
        }
        return new Announcement.Published(cve.build(), remarks);
    }

    /** The words of the fix commit alone, without those that the CNA puts around every one. */
    private String description(Extent section, int assignment) {
        int start = section.start();
        while (start < section.end() && lines.isBlank(start)) {
            start++;
        }
        if (start < section.end() && lines.startsWith(start, LEAD)) {
            start++;
        }
        if (assignment < 0) {
            remark(section.heading(), "No line says which CVE was assigned.");
            return lines.between(start, section.end());
        }
        remarkBehindAssignment(assignment, section.end());
        return lines.between(start, assignment);
    }

    /** The sentence may go on over several lines; behind its paragraph nothing is expected. */
    private void remarkBehindAssignment(int assignment, int end) {
        int line = assignment;
        while (line < end && !lines.isBlank(line)) {
            line++;
        }
        while (line < end && lines.isBlank(line)) {
            line++;
        }
        if (line < end) {
            remark(line, "Text stands behind the description.");
        }
    }

    private Optional<Unreadable> refusal(int line, String reason) {
        return Optional.of(Unreadable.at(lines.excerpt(line), subject.id(), reason));
    }

    private void remark(int line, String reason) {
        remarks.add(new Remark(reason, lines.excerpt(line)));
    }
}
