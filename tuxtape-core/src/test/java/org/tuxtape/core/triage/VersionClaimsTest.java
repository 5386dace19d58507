package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.cve.AffectedRange;
import org.tuxtape.core.cve.CatalogEntry;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.Origin;
import org.tuxtape.core.cve.RangeClaim;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.kernel.KernelVersion;

class VersionClaimsTest {
    private static final CveId ID = CveId.parse("CVE-2024-0001");
    private static final KernelVersion KERNEL = KernelVersion.parse("6.1.90");

    @Test
    void eachTextIsAskedTheOneThatHoldsFirst() {
        CveEvent mail = event(Origin.Kind.ANNOUNCEMENT, Pairs.parse("5.4->6.8"), List.of());
        CveEvent record = event(Origin.Kind.RECORD, Pairs.parse("5.4->6.1.80 5.4->6.8"), List.of());
        VersionClaims claims = VersionClaims.of(new CatalogEntry(ID, record, List.of(mail, record)), KERNEL);

        assertThat(claims.claims())
                .extracting(claim ->
                        claim.place() + " " + claim.evidence().decides().orElseThrow())
                .containsExactly("its record fixed", "its announcement affected");
        assertThat(claims.isDisputed()).isTrue();
    }

    @Test
    void twoPlacesOfOneRecordMayDisagree() {
        RangeClaim json = new RangeClaim("the versions in its JSON", Pairs.parse("5.4->6.1.100"));
        CveEvent record = event(Origin.Kind.RECORD, Pairs.parse("5.4->6.1.80"), List.of(json));
        VersionClaims claims = VersionClaims.of(new CatalogEntry(ID, record, List.of(record)), KERNEL);

        assertThat(claims.claims())
                .extracting(VersionClaims.Claim::place)
                .containsExactly("its record", "the versions in its JSON");
        assertThat(claims.isDisputed()).isTrue();
    }

    @Test
    void fixedAndNotAffectedAreOneAnswer() {
        RangeClaim json = new RangeClaim("the versions in its JSON", Pairs.parse("6.6->6.8"));
        CveEvent record = event(Origin.Kind.RECORD, Pairs.parse("5.4->6.1.80"), List.of(json));

        assertThat(VersionClaims.of(new CatalogEntry(ID, record, List.of(record)), KERNEL)
                        .isDisputed())
                .isFalse();
    }

    @Test
    void whereNoVersionsAreNamedNobodyClaimsAnything() {
        CveEvent mail = event(Origin.Kind.ANNOUNCEMENT, List.of(), List.of());

        assertThat(VersionClaims.of(new CatalogEntry(ID, mail, List.of(mail)), KERNEL)
                        .claims())
                .isEmpty();
    }

    private static CveEvent event(Origin.Kind kind, List<AffectedRange> ranges, List<RangeClaim> claims) {
        Cve cve = Cve.builder(ID).ranges(ranges).claims(claims).build();
        Origin origin = Origin.of(new SourceId(kind.name()), kind, "somewhere");
        return new CveEvent.Published(origin, Cursor.START, cve, List.of());
    }
}
