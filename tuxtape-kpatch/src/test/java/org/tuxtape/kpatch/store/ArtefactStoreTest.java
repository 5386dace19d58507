package org.tuxtape.kpatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Review.Decision;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.kpatch.store.StoreException.Fault;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.RecordingListener;
import org.tuxtape.testkit.sample.ElfModule;

class ArtefactStoreTest {
    @TempDir
    private Path root = Path.of("");

    private final ManualClock clock = ManualClock.create();
    private Path directory;
    private ArtefactStore store;
    private Builds builds;

    @BeforeEach
    void openStore() {
        directory = root.resolve("store");
        store = ArtefactStore.open(directory, clock.context());
        builds = new Builds(root);
    }

    private StoredArtefact put(int number) {
        return store.put(builds.module(number), Optional.empty());
    }

    private Path entry(int number) {
        return directory.resolve("artefacts").resolve(Builds.key(number).text());
    }

    private Path manifest(int number) {
        return entry(number).resolve("livepatch_" + number + ".ko.manifest");
    }

    @Test
    void whatIsPutInIsFoundByItsKey() throws IOException {
        LivepatchModule module = builds.module(1);
        Path log = Files.writeString(root.resolve("log"), "CC net/core/sock.o\n");

        StoredArtefact artefact = store.put(module, Optional.of(log));

        assertThat(store.find(Builds.key(1))).contains(artefact);
        assertThat(artefact.module().manifest()).isEqualTo(module.manifest());
        assertThat(artefact.module().file())
                .isEqualTo(entry(1).resolve("livepatch_1.ko"))
                .hasSameBinaryContentAs(module.file());
        assertThat(artefact.log().orElseThrow()).hasContent("CC net/core/sock.o\n");
        assertThat(artefact.since()).isEqualTo(clock.instant());
        assertThat(manifest(1)).hasContent(module.manifest().toText());
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void aStoreThatIsNotThereIsEmptyAndIsNotMadeByReading() {
        assertThat(store.find(Builds.key(1))).isEmpty();
        assertThat(store.list()).isEqualTo(new ArtefactStore.Contents(List.of(), List.of()));
        assertThat(store.prune(Retention.all())).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Test
    void theFirstOfTwoWritersWins() {
        StoredArtefact first = put(1);
        LivepatchModule other =
                builds.module(1, ElfModule.livepatch("livepatch_1").kpatch("vmlinux", "udp_rcv", 1));

        assertThat(store.put(other, Optional.empty())).isEqualTo(first);
    }

    @Test
    void aModuleWithoutAKeyIsRefused() {
        Manifest manifest = builds.module(1).manifest();
        Manifest keyless = new Manifest(
                manifest.name(),
                manifest.sha256(),
                manifest.release(),
                manifest.vermagic(),
                manifest.builder(),
                Optional.empty(),
                manifest.replacement(),
                manifest.fixes(),
                manifest.functions());
        LivepatchModule module = new LivepatchModule(builds.module(1).file(), keyless);

        assertThatIllegalArgumentException().isThrownBy(() -> store.put(module, Optional.empty()));
    }

    /** The fault: a builder that says of a module what is not so. */
    @Test
    void aModuleThatIsNotWhatItsManifestSaysIsRefused() {
        Manifest manifest = builds.module(1).manifest();
        assertRefused(builds.module(2), manifest, "has the SHA-256");
        assertOther(ElfModule.ordinary("livepatch_1").kpatch("vmlinux", "tcp_v4_rcv", 1), "not marked as a livepatch");
        assertOther(ElfModule.livepatch("other").kpatch("vmlinux", "tcp_v4_rcv", 1), "is called other");
        assertOther(ElfModule.livepatch("livepatch_1").kpatch("vmlinux", "udp_rcv", 1), "patches ");
        assertOther(
                ElfModule.livepatch("livepatch_1").tag("vermagic", "6.1.0 SMP").kpatch("vmlinux", "tcp_v4_rcv", 1),
                "has the vermagic");
        assertThat(directory).doesNotExist();
    }

    private void assertOther(ElfModule elf, String why) {
        Manifest manifest = builds.module(1).manifest();
        byte[] bytes = elf.bytes();
        Manifest withItsDigest = new Manifest(
                manifest.name(),
                Builds.sha256(bytes),
                manifest.release(),
                manifest.vermagic(),
                manifest.builder(),
                manifest.key(),
                manifest.replacement(),
                manifest.fixes(),
                manifest.functions());
        assertRefused(new LivepatchModule(elf.writeTo(root), withItsDigest), withItsDigest, why);
    }

    private void assertRefused(LivepatchModule module, Manifest manifest, String why) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.put(new LivepatchModule(module.file(), manifest), Optional.empty()))
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.OTHER_CONTENT));
    }

    @Test
    void theMiddleOfAVeryLongLogIsLeftOut() throws IOException {
        Path log = root.resolve("log");
        Files.writeString(log, "first line\n" + "x".repeat(17 << 20) + "\nlast line\n");

        Path kept = store.put(builds.module(1), Optional.of(log)).log().orElseThrow();

        assertThat(Files.size(kept)).isLessThan((16 << 20) + 100);
        assertThat(Files.readString(kept))
                .startsWith("first line\n")
                .endsWith("\nlast line\n")
                .contains("bytes left out]");
    }

    @Test
    void listsTheOldestFirst() {
        StoredArtefact second = put(2);
        clock.advance(Duration.ofMinutes(1));
        StoredArtefact first = put(1);

        assertThat(store.list()).isEqualTo(new ArtefactStore.Contents(List.of(second, first), List.of()));
        assertThat(store.verify(Context.standard())).isEqualTo(store.list());
    }

    /** The faults: files that were changed, cut or removed, a directory that is a link, and what belongs to nobody. */
    @Test
    void damageIsReportedEntryByEntryAndNeverHandedOut() throws IOException {
        for (int number = 1; number <= 6; number++) {
            put(number);
        }
        StoredArtefact sound = put(7);
        Files.writeString(entry(1).resolve("livepatch_1.ko"), "changed");
        Files.writeString(manifest(2), "Format: half a man");
        Files.delete(entry(3).resolve("livepatch_3.ko"));
        Files.delete(manifest(4));
        Files.copy(manifest(5), manifest(6), StandardCopyOption.REPLACE_EXISTING);
        put(8);
        Files.copy(manifest(8), entry(8).resolve("livepatch_9.ko.manifest"));
        put(9);
        Files.move(manifest(9), entry(9).resolve("livepatch_8.ko.manifest"));
        Files.move(entry(5), root.resolve("elsewhere"));
        Files.createSymbolicLink(entry(5), root.resolve("elsewhere"));
        Files.writeString(directory.resolve("artefacts/notes"), "");

        ArtefactStore.Contents contents = store.verify(Context.standard());

        assertThat(contents.artefacts()).containsExactly(sound);
        assertThat(contents.damages())
                .extracting(damage -> damage.path().getFileName().toString())
                .containsExactlyInAnyOrder(
                        "notes",
                        Builds.key(1).text(),
                        Builds.key(2).text(),
                        Builds.key(3).text(),
                        Builds.key(4).text(),
                        Builds.key(5).text(),
                        Builds.key(6).text(),
                        Builds.key(8).text(),
                        Builds.key(9).text());
        for (int number : List.of(1, 2, 3, 4, 5, 6, 8, 9)) {
            assertThat(store.find(Builds.key(number))).isEmpty();
        }
    }

    /** The fault: a module whose manifest was changed with care, so that only the module itself tells. */
    @Test
    void aManifestThatSaysOtherFunctionsIsFoundByVerify() throws IOException {
        put(1);
        Path manifest = manifest(1);
        Files.writeString(manifest, Files.readString(manifest).replace("tcp_v4_rcv", "udp_rcv"));

        assertThat(store.list().damages()).isEmpty();
        assertThat(store.verify(Context.standard()).damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.why()).contains("tcp_v4_rcv"));
    }

    @Test
    void puttingInAgainReplacesWhatIsDamaged() throws IOException {
        put(1);
        Files.writeString(entry(1).resolve("livepatch_1.ko"), "changed");
        StoredArtefact again = put(1);
        assertThat(store.find(Builds.key(1))).contains(again);

        Files.move(entry(1), root.resolve("elsewhere"));
        Files.createSymbolicLink(entry(1), root.resolve("elsewhere"));
        put(1);
        assertThat(Files.isSymbolicLink(entry(1))).isFalse();
        assertThat(root.resolve("elsewhere/livepatch_1.ko")).exists();
    }

    @Test
    void pruningByAgeKeepsTheYoung() {
        StoredArtefact old = put(1);
        clock.advance(Duration.ofDays(31));
        put(2);

        assertThat(store.prune(Retention.all().upTo(Duration.ofDays(30)))).containsExactly(old);
        assertThat(store.list().artefacts()).extracting(StoredArtefact::key).containsExactly(Builds.key(2));
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void pruningBySizeTakesTheOldestFirstButNoneThatIsToStay() {
        StoredArtefact first = put(1);
        clock.advance(Duration.ofMinutes(1));
        StoredArtefact second = put(2);
        clock.advance(Duration.ofMinutes(1));
        StoredArtefact third = put(3);

        List<StoredArtefact> removed = store.prune(
                Retention.all().within(first.bytes() + third.bytes()).keeping(Set.of(Builds.key(1), Builds.key(99))));

        assertThat(removed).containsExactly(second);
        assertThat(store.list().artefacts()).containsExactly(first, third);
        assertThat(store.prune(Retention.all())).isEmpty();
    }

    @Test
    void pruningRemovesWhatIsDamaged() throws IOException {
        put(1);
        StoredArtefact sound = put(2);
        Files.delete(manifest(1));

        assertThat(store.prune(Retention.all())).isEmpty();
        assertThat(store.list()).isEqualTo(new ArtefactStore.Contents(List.of(sound), List.of()));
    }

    @Test
    void verifyingTellsItsProgressAndCanBeCancelled() {
        put(1);
        put(2);
        RecordingListener listener = new RecordingListener();
        store.verify(Context.standard().with(listener));
        assertThat(listener.events()).hasSize(4).last().isInstanceOf(Event.Ended.class);

        CancellationToken token = CancellationToken.create();
        token.cancel();
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> store.verify(Context.standard().with(token)));
    }

    @Test
    void aDecisionStandsBesideTheModuleBehindThoseBeforeIt() throws IOException {
        StoredArtefact artefact = put(1);
        assertThat(store.reviews(artefact.key())).isEqualTo(Reviews.none());

        store.review(artefact.key(), Decision.APPROVED, "Ada", "read line by line");
        String first = Files.readString(Reviews.beside(artefact.module().file()));
        clock.advance(Duration.ofHours(1));
        Reviews both = store.review(artefact.key(), Decision.DENIED, "Bo", "it leaks");

        assertThat(store.reviews(artefact.key())).isEqualTo(both);
        assertThat(both.all()).extracting(Review::reviewer).containsExactly("Ada", "Bo");
        assertThat(both.of(artefact.module().manifest()).orElseThrow().at()).isEqualTo(clock.instant());
        assertThat(both.approve(artefact.module().manifest())).isFalse();
        assertThat(Files.readString(Reviews.beside(artefact.module().file()))).startsWith(first);
        assertThat(store.verify(clock.context()).damages()).isEmpty();
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void whatIsNotThereIsNotReviewed() {
        assertThat(store.reviews(Builds.key(1))).isEqualTo(Reviews.none());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.review(Builds.key(1), Decision.APPROVED, "Ada", "blindly"))
                .withMessageContaining(Builds.key(1).text());
    }

    @Test
    void reviewsThatCannotBeReadApproveNothing() throws IOException {
        StoredArtefact artefact = put(1);
        Files.writeString(Reviews.beside(artefact.module().file()), "approved\n");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.reviews(artefact.key()))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.IO));
        assertThat(store.verify(clock.context()).damages())
                .singleElement()
                .satisfies(damage -> assertThat(damage.why()).contains(".reviews"));
    }

    @Test
    void aReviewThatCouldNotBeReadAgainIsNotWritten() {
        StoredArtefact artefact = put(1);
        Reviews before = store.review(artefact.key(), Decision.DENIED, "Ada", "it leaks");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.review(artefact.key(), Decision.APPROVED, "Bo", "x".repeat(8 << 20)))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.IO));

        assertThat(store.reviews(artefact.key())).isEqualTo(before);
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void aModuleThatIsWrittenAnewKeepsWhatWasDecided() throws IOException {
        StoredArtefact artefact = put(1);
        Reviews reviews = store.review(artefact.key(), Decision.APPROVED, "Ada", "read line by line");
        Files.writeString(artefact.module().file(), "damaged");

        put(1);

        assertThat(store.reviews(artefact.key())).isEqualTo(reviews);
    }
}
