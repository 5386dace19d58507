package org.tuxtape.core.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.RangeClaim;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;

/**
 * What each text about a CVE says of one kernel by its versions alone: announcements, the pairs of a record, and the
 * versions in its JSON where these differ.
 *
 * @param claims one per place that names versions, the one that holds first
 * @since 0.1
 */
public record VersionClaims(List<Claim> claims) {

    /** Copies the list. */
    public VersionClaims {
        claims = List.copyOf(claims);
    }

    /**
     * What one place says.
     *
     * @param place which place of the text, in a few words
     * @param origin the text
     * @param evidence what the versions there say of the kernel
     */
    public record Claim(String place, Origin origin, Evidence.Version evidence) {
        /** Rejects {@code null}. */
        public Claim {
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * Asks every text of an entry about a kernel.
     *
     * @param entry what the catalog holds of the CVE
     * @param kernel the kernel
     * @return the answers; none if no text names a version
     */
    public static VersionClaims of(CatalogEntry entry, KernelVersion kernel) {
        BuildProfile profile = BuildProfile.unknown(KernelBuild.of(kernel));
        List<Claim> claims = new ArrayList<>(claims(entry.current(), profile));
        for (CveEvent event : entry.history()) {
            if (!event.equals(entry.current())) {
                claims.addAll(claims(event, profile));
            }
        }
        return new VersionClaims(claims);
    }

    private static List<Claim> claims(CveEvent event, BuildProfile profile) {
        List<Claim> claims = new ArrayList<>();
        if (event instanceof CveEvent.Published published) {
            Cve cve = published.cve();
            String place = event.origin().kind() == Origin.Kind.RECORD ? "its record" : "its announcement";
            claim(place, cve, cve.ranges(), event.origin(), profile).ifPresent(claims::add);
            for (RangeClaim other : cve.claims()) {
                claim(other.place(), cve, other.ranges(), event.origin(), profile)
                        .ifPresent(claims::add);
            }
        }
        return claims;
    }

    private static Optional<Claim> claim(
            String place, Cve cve, List<AffectedRange> ranges, Origin origin, BuildProfile profile) {
        Cve said = cve.toBuilder().ranges(ranges).build();
        return ranges.isEmpty()
                ? Optional.empty()
                : Applicability.assess(said, profile).version().map(evidence -> new Claim(place, origin, evidence));
    }

    /**
     * Tells whether the texts disagree on whether somebody has to act. Fixed and not affected count as one answer.
     *
     * @return whether one that decides says the kernel is affected, and another that it is not
     */
    public boolean isDisputed() {
        return claims.stream()
                        .flatMap(claim -> claim.evidence().decides().stream())
                        .map(VexStatus::isOpen)
                        .distinct()
                        .count()
                > 1;
    }
}
