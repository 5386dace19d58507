package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.CatalogSnapshot;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;
import org.tuxtape.core.exploit.KnownExploited;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.triage.Finding;
import org.tuxtape.core.triage.KernelTraits;
import org.tuxtape.core.triage.Prioritizer;
import org.tuxtape.core.triage.Prioritizers;
import org.tuxtape.core.triage.Target;
import org.tuxtape.core.triage.Triage;
import org.tuxtape.core.triage.TriageReport;
import org.tuxtape.feeds.KevFile;
import org.tuxtape.feeds.vex.OpenVex;
import org.tuxtape.feeds.vex.VexDocument;
import org.tuxtape.mail.MailOptions;
import org.tuxtape.mail.MboxOptions;
import org.tuxtape.mail.MboxSource;
import org.tuxtape.mail.signature.KeyRing;
import org.tuxtape.mail.signature.SignatureCheck;
import org.tuxtape.profile.KbuildProfile;
import org.tuxtape.profile.KbuildTree;
import org.tuxtape.profile.ProfileFile;

/** From announcements to findings, as the pages show it. */
class EmbeddingTest {
    private final Path archive = Sample.archive();
    private final Path buildTree = Sample.buildTree();

    @TempDir
    private Path directory;

    @Test
    void newMailsAreHandledOnceAndKeptWithTheirCursor() {
        List<CveEvent> kept = new ArrayList<>();
        Cursor place = Cursor.START;
        CveSource source = MboxSource.of(archive);

        for (int run = 1; run <= 2; run++) {
            // snippet: follow
            try (CveStream events = source.open(place, Context.standard())) {
                while (events.hasNext()) {
                    CveEvent event = events.next();
                    kept.add(event);
                    place = event.cursor(); // in the same transaction, if there is a database
                }
            }
            // end
        }

        assertThat(kept).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void whatNoTrustedKeySignedCanBeTurnedAway() throws IOException, GeneralSecurityException {
        Path keys = keyRing();

        // snippet: signatures
        SignatureCheck check = SignatureCheck.strict(KeyRing.read(keys)); // of(...) takes unsigned ones, marked
        MboxOptions options = MboxOptions.defaults().with(MailOptions.defaults().with(check));
        CveCatalog catalog = CveCatalog.of(MboxSource.of(archive).with(options));
        catalog.unreadable().forEach(mail -> System.err.println(mail.origin() + ": " + mail.reason()));
        // end

        assertThat(catalog.entries()).isEmpty();
        assertThat(catalog.unreadable()).isNotEmpty();
    }

    private Path keyRing() throws IOException, GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        Path identity = Files.createDirectories(directory.resolve("keys/ed25519/example.org/cna"));
        Files.writeString(
                identity.resolve("default"),
                Base64.getEncoder().encodeToString(Arrays.copyOfRange(key, key.length - 32, key.length)));
        return directory.resolve("keys");
    }

    @Test
    void aCatalogIsKeptInAFile() throws IOException {
        CveCatalog catalog = CveCatalog.of(MboxSource.of(archive));

        // snippet: snapshot
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        CatalogSnapshot.write(catalog, file);
        CveCatalog again =
                CatalogSnapshot.read(new SourceId("catalog of today"), new ByteArrayInputStream(file.toByteArray()));
        // end

        assertThat(again.entries()).hasSameSizeAs(catalog.entries());
    }

    @Test
    void aProfileIsKeptWithoutTheTree() {
        Path file = directory.resolve("6.12.40.profile");

        // snippet: profile
        KbuildProfile profile = KbuildTree.read(buildTree); // a tree after make, or a tar or zip of it
        ProfileFile.write(profile, file);
        BuildProfile again = ProfileFile.read(file);
        // end

        assertThat(again.kernel()).isEqualTo(profile.kernel());
    }

    @Test
    void theVersionAloneSpeaksWhereThereIsNoProfile() {
        CveCatalog catalog = CveCatalog.of(MboxSource.of(archive));

        // snippet: version-only
        BuildProfile profile = BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("6.12.1")));
        List<Finding> open = Triage.of(catalog).against(profile).open();
        // end

        assertThat(open).isNotEmpty();
    }

    @Test
    void manyKernelsShareTheWork() {
        CveCatalog catalog = CveCatalog.of(MboxSource.of(archive));
        List<String> lines = new ArrayList<>();

        // snippet: fleet
        List<Target> kernels = List.of(
                Target.of(KbuildTree.read(buildTree)),
                Target.of(BuildProfile.unknown(KernelBuild.of(KernelVersion.parse("6.6.10")))));
        Triage.of(catalog)
                .against(
                        kernels,
                        report -> lines.add(report.kernel().release() + ": "
                                + report.affected().size() + " of "
                                + catalog.entries().size()));
        // end

        assertThat(lines).hasSize(2);
    }

    @Test
    void feedsRaiseWhatIsExploited() throws IOException {
        CveCatalog catalog = CveCatalog.of(MboxSource.of(archive));
        BuildProfile profile = KbuildTree.read(buildTree);
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        Path file = Files.writeString(directory.resolve("kev.json"), """
                {"dateReleased": "2026-10-31T12:00:00Z", "vulnerabilities": [
                  {"cveID": "CVE-2024-57903", "dateAdded": "2026-10-01", "knownRansomwareCampaignUse": "Unknown"}
                ]}
                """);

        // snippet: ranking
        KnownExploited kev = KevFile.read(file).content();
        Prioritizer standard = Prioritizers.standard(Prioritizers.Weights.STANDARD, KernelTraits.of(profile));
        Prioritizer raised = Prioritizers.boost(standard, Prioritizers.exploited(kev, now));
        TriageReport report = Triage.of(catalog).with(raised).against(profile);
        // end

        assertThat(report.affected().get(0).cve().id()).isEqualTo(CveId.parse("CVE-2024-57903"));
    }

    @Test
    void aTriageBecomesAVexDocument() {
        TriageReport report = Triage.of(CveCatalog.of(MboxSource.of(archive))).against(KbuildTree.read(buildTree));

        // snippet: vex
        VexDocument document = VexDocument.of(
                "kernel team <kernel@example.org>", Instant.parse("2026-11-01T00:00:00Z"), report.kernel());
        String json = OpenVex.of(report, document);
        // end

        assertThat(json).contains("\"status\"");
    }

    @Test
    void aLongCallTellsWhatItDoesAndStopsWhenAsked() {
        List<String> told = new ArrayList<>();

        // snippet: context
        CancellationToken token = CancellationToken.create(); // token.cancel(), from any thread
        Context context = Context.standard().with(token).with((Event event) -> told.add(event.task()));
        CveCatalog catalog = CveCatalog.read(List.of(MboxSource.of(archive)), context);
        TriageReport report = Triage.of(catalog).with(context).against(KbuildTree.read(buildTree, context));
        // end

        assertThat(report.findings()).isNotEmpty();
        assertThat(told).isNotEmpty();
        token.cancel();
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> CveCatalog.read(List.of(MboxSource.of(archive)), context));
    }

    @Test
    void whatCouldNotBeReadIsPartOfTheAnswer() {
        List<String> complaints = new ArrayList<>();
        CveCatalog catalog = CveCatalog.of(MboxSource.of(directory.resolve("nowhere")), MboxSource.of(archive));
        TriageReport report = Triage.of(catalog).against(KbuildTree.read(buildTree));

        // snippet: gaps
        report.faults().forEach(fault -> complaints.add(fault.source() + ": " + fault.fault()));
        report.unreadable().forEach(mail -> complaints.add(mail.origin() + ": " + mail.reason()));
        // end

        assertThat(complaints).anyMatch(line -> line.endsWith("MISSING"));
        assertThat(report.affected()).isNotEmpty();
    }
}
