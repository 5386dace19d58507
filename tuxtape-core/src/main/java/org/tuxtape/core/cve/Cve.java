package org.tuxtape.core.cve;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.internal.OneLine;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A published CVE of the Linux kernel, as one announcement or record describes it.
 *
 * @param id its identifier
 * @param title the subject of the fix commit, possibly empty; control characters become spaces
 * @param description what is wrong, in the words of the fix commit; lines end in {@code \n}; possibly empty
 * @param ranges introduced/fixed pairs in the order of the source; empty if it names none
 * @param files the files that the fix touches, in the order of the source; not all of them hold the vulnerable code
 * @param cvss the rating by the author of the announcement or record; empty if there is none
 * @param references further links in the order of the source
 * @param claims what the same text says of versions in another place, where that differs from {@code ranges}; mostly
 *     empty
 * @param ssvc what a coordinator found on its exploitation; empty if none is known
 * @param exploits links that the record marks as leading to an exploit, in the order of the source
 * @since 0.1
 */
public record Cve(
        CveId id,
        String title,
        String description,
        List<AffectedRange> ranges,
        List<SourcePath> files,
        Optional<Cvss> cvss,
        List<String> references,
        List<RangeClaim> claims,
        Optional<Ssvc> ssvc,
        List<String> exploits) {

    /** Copies the lists, and makes the title one line. */
    public Cve {
        Objects.requireNonNull(id, "id");
        title = OneLine.of(title);
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(cvss, "cvss");
        ranges = List.copyOf(ranges);
        files = List.copyOf(files);
        references = List.copyOf(references);
        claims = List.copyOf(claims);
        Objects.requireNonNull(ssvc, "ssvc");
        exploits = List.copyOf(exploits);
    }

    /**
     * Starts a description of a CVE of which only the id is known so far.
     *
     * @param id its identifier
     * @return a new builder
     */
    public static Builder builder(CveId id) {
        return new Builder(id);
    }

    /**
     * Starts a description that differs from this one in what is then set.
     *
     * @return a new builder that holds all of this
     */
    public Builder toBuilder() {
        Builder builder = new Builder(id)
                .title(title)
                .description(description)
                .ranges(ranges)
                .files(files)
                .references(references)
                .claims(claims)
                .exploits(exploits);
        cvss.ifPresent(builder::cvss);
        ssvc.ifPresent(builder::ssvc);
        return builder;
    }

    /**
     * Returns the commits that fix it, on whatever branch.
     *
     * @return the ids of {@link #ranges()}, each once, in their order
     */
    public Set<CommitId> fixCommits() {
        Set<CommitId> commits = new LinkedHashSet<>();
        for (AffectedRange range : ranges) {
            range.fixed().flatMap(Change::commit).ifPresent(commits::add);
        }
        return Collections.unmodifiableSet(commits);
    }

    /** Collects the parts of a {@link Cve}. Not safe for use by several threads. */
    public static final class Builder {
        private final CveId id;
        private String title = "";
        private String description = "";
        private List<AffectedRange> ranges = List.of();
        private List<SourcePath> files = List.of();
        private Optional<Cvss> cvss = Optional.empty();
        private List<String> references = List.of();
        private List<RangeClaim> claims = List.of();
        private Optional<Ssvc> ssvc = Optional.empty();
        private List<String> exploits = List.of();

        private Builder(CveId id) {
            this.id = Objects.requireNonNull(id, "id");
        }

        /**
         * Sets the title.
         *
         * @param text one line
         * @return this builder
         */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /**
         * Sets the description.
         *
         * @param text any number of lines
         * @return this builder
         */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /**
         * Sets the introduced/fixed pairs.
         *
         * @param pairs all of them
         * @return this builder
         */
        public Builder ranges(List<AffectedRange> pairs) {
            ranges = pairs;
            return this;
        }

        /**
         * Sets the introduced/fixed pairs.
         *
         * @param pairs all of them
         * @return this builder
         */
        public Builder ranges(AffectedRange... pairs) {
            return ranges(List.of(pairs));
        }

        /**
         * Sets the files that the fix touches.
         *
         * @param paths all of them
         * @return this builder
         */
        public Builder files(List<SourcePath> paths) {
            files = paths;
            return this;
        }

        /**
         * Sets the files that the fix touches.
         *
         * @param paths all of them, relative to the root of the kernel's source
         * @return this builder
         * @throws IllegalArgumentException if one is no path inside the tree
         */
        public Builder files(String... paths) {
            return files(List.of(paths).stream().map(SourcePath::parse).toList());
        }

        /**
         * Sets the rating.
         *
         * @param rating the rating
         * @return this builder
         */
        public Builder cvss(Cvss rating) {
            cvss = Optional.of(rating);
            return this;
        }

        /**
         * Sets the links.
         *
         * @param links all of them
         * @return this builder
         */
        public Builder references(List<String> links) {
            references = links;
            return this;
        }

        /**
         * Sets what the text says of versions in other places.
         *
         * @param others all of them
         * @return this builder
         */
        public Builder claims(List<RangeClaim> others) {
            claims = others;
            return this;
        }

        /**
         * Sets what a coordinator found.
         *
         * @param findings the findings
         * @return this builder
         */
        public Builder ssvc(Ssvc findings) {
            ssvc = Optional.of(findings);
            return this;
        }

        /**
         * Sets the links to exploits.
         *
         * @param links all of them
         * @return this builder
         */
        public Builder exploits(List<String> links) {
            exploits = links;
            return this;
        }

        /**
         * Returns what was collected.
         *
         * @return the CVE
         */
        public Cve build() {
            return new Cve(id, title, description, ranges, files, cvss, references, claims, ssvc, exploits);
        }
    }
}
