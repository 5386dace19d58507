package org.tuxtape.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.archive.Publication.Cause;
import org.tuxtape.archive.Publication.Refused;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.archive.rollout.Withdrawal;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Review.Decision;

class PatchArchiveTest {
    private Publisher publisher;

    @BeforeEach
    void createArchive(@TempDir Path directory) {
        publisher = Publisher.withArchive(directory);
    }

    @Test
    void whatIsPublishedIsFoundByANode(@TempDir Path into) throws IOException {
        KernelIndex.Patch patch = publisher.publish("tcp_rcv");
        publisher.setPolicy("Rings: all\n");

        ArchiveView view = publisher.client().update(publisher.context());
        LivepatchModule module = view.fetch(Samples.KERNEL, patch, into, publisher.context());

        assertThat(view.isNew()).isTrue();
        assertThat(view.policy(publisher.context())).contains("Rings: all\n");
        assertThat(view.index(Samples.KERNEL, publisher.context()).orElseThrow().patches())
                .containsExactly(patch);
        assertThat(view.state().kernels()).containsExactly(Samples.KERNEL);
        assertThat(module.file()).isEqualTo(into.resolve("livepatch_a.ko"));
        assertThat(Files.readAllBytes(module.file()))
                .isEqualTo(Files.readAllBytes(publisher.home.resolve("store/tcp_rcv/livepatch_a.ko")));
        assertThat(into.resolve("livepatch_a.ko.manifest"))
                .hasContent(module.manifest().toText());
        assertThat(into.resolve("livepatch_a.ko.reviews")).isNotEmptyFile();
    }

    @Test
    void patchesOfAKernelGetRisingSerialNumbers() {
        assertThat(publisher.publish("a").serial()).isEqualTo(1);
        assertThat(publisher.publish("b").serial()).isEqualTo(2);
        assertThat(publisher.archive().index(Samples.KERNEL).orElseThrow().patches())
                .extracting(KernelIndex.Patch::serial)
                .containsExactly(1L, 2L);
    }

    @Test
    void whatIsThereIsNotPublishedAgain() {
        KernelIndex.Patch patch = publisher.publish("a");
        ArchiveState state = publisher.archive().state();

        publisher.clock.advance(Duration.ofHours(1));
        assertThat(publisher.publish("a")).isEqualTo(patch);
        assertThat(publisher.archive().state()).isEqualTo(state);
    }

    @Test
    void aPolicyThatIsInForceIsNotPublishedAgain() {
        ArchiveState state = publisher.setPolicy("a");

        assertThat(publisher.setPolicy("a")).isEqualTo(state);
        assertThat(publisher.archive().policy()).contains("a");
    }

    @Test
    void aPolicyIsChangedByWhatItIs() {
        List<Optional<String>> seen = new ArrayList<>();

        for (String next : List.of("a", "b")) {
            publisher
                    .archive()
                    .changePolicy(
                            before -> {
                                seen.add(before);
                                return next;
                            },
                            publisher.context());
        }

        assertThat(seen).containsExactly(Optional.empty(), Optional.of("a"));
        assertThat(publisher.archive().policy()).contains("b");
    }

    /** A policy that has grown for years can still withdraw something. */
    @Test
    void aPolicyOfTenThousandPatchesReachesNodes() {
        RolloutPolicy policy = RolloutPolicy.standard("fleet");
        SortedMap<String, Withdrawal> withdrawals = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            PatchRef patch = new PatchRef(String.format("%064x", i), new LivepatchName("livepatch_" + i));
            withdrawals.put(
                    patch.sha256(),
                    new Withdrawal(patch, publisher.clock.instant(), "Ada", "It does harm. ".repeat(20)));
        }
        String text = new RolloutPolicy(policy.salt(), policy.rings(), policy.promotions(), withdrawals).toText();

        publisher.setPolicy(text);

        assertThat(publisher.client().update(publisher.context()).policy(publisher.context()))
                .contains(text);
    }

    @Test
    void aPolicyStaysWhenItsChangeFailsOrIsTooLong() {
        ArchiveState state = publisher.setPolicy("a");
        IllegalStateException failure = new IllegalStateException("no");

        assertThatThrownBy(() -> publisher
                        .archive()
                        .changePolicy(
                                before -> {
                                    throw failure;
                                },
                                publisher.context()))
                .isSameAs(failure);
        assertThatIllegalArgumentException().isThrownBy(() -> publisher.setPolicy("a".repeat((16 << 20) + 1)));
        assertThat(publisher.archive().state()).isEqualTo(state);
        assertThat(publisher.archive().policy()).contains("a");
    }

    @Test
    void aRefreshNeedsTheKeyOfTheTimestampAlone() {
        ArchiveState before = publisher.archive().state();
        publisher.clock.advance(Duration.ofDays(1));

        ArchiveState after = PatchArchive.open(
                        publisher.directory(), publisher.keys.of(Role.TIMESTAMP), Validity.standard())
                .refresh(publisher.context());

        assertThat(after.roles().get(Role.TIMESTAMP).version()).isEqualTo(2);
        assertThat(after.expires()).isEqualTo(before.expires().plus(Duration.ofDays(1)));
        assertThat(after.roles().get(Role.SNAPSHOT)).isEqualTo(before.roles().get(Role.SNAPSHOT));
    }

    @Test
    void nothingIsChangedWhereAKeyIsMissing() {
        ArchiveState before = publisher.archive().state();
        PatchArchive keyless = PatchArchive.open(publisher.directory(), List.of(), Validity.standard());

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> publisher.publish(keyless, "a"))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.KEY_MISSING));
        assertThat(publisher.archive().state()).isEqualTo(before);
        assertThat(publisher.directory().resolve("targets")).doesNotExist();
    }

    @Test
    void whatNobodyApprovedIsRefused() {
        Path store = publisher.home.resolve("store");
        Submission denied = Samples.submission(Samples.module(store, "livepatch_a", "a"), Decision.DENIED);
        Submission good = Samples.submission(store, "livepatch_b", "b");

        assertThat(publisher.archive().publish(List.of(good, denied), publisher.context()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusals())
                                .singleElement()
                                .satisfies(refusal -> {
                                    assertThat(refusal.cause()).isEqualTo(Cause.NOT_APPROVED);
                                    assertThat(refusal.reason()).isEqualTo("Ada denied it: read and tried");
                                }));
        assertThat(publisher.archive().index(Samples.KERNEL)).isEmpty();
    }

    @Test
    void aManifestThatLiesAboutItsModuleIsRefused() throws IOException {
        LivepatchModule module = Samples.module(publisher.home.resolve("store"), "livepatch_a", "a");
        LivepatchModule lying = new LivepatchModule(
                module.file(), Samples.manifest(Files.readAllBytes(module.file()), "livepatch_a", "another"));

        assertThat(publisher
                        .archive()
                        .publish(List.of(Samples.submission(lying, Decision.APPROVED)), publisher.context()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusals())
                                .singleElement()
                                .satisfies(
                                        refusal -> assertThat(refusal.cause()).isEqualTo(Cause.MANIFEST_LIES)));
    }

    @Test
    void aPatchOfAnotherBuildOfTheReleaseIsRefused() {
        LivepatchModule module = Samples.module(publisher.home.resolve("store"), "livepatch_a", "a");
        LivepatchModule other =
                new LivepatchModule(module.file(), module.manifest().withKernelBuildId(Samples.REBUILT.buildId()));

        assertThat(publisher
                        .archive()
                        .publish(List.of(Samples.submission(other, Decision.APPROVED)), publisher.context()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusals())
                                .singleElement()
                                .satisfies(refusal -> {
                                    assertThat(refusal.cause()).isEqualTo(Cause.OTHER_KERNEL);
                                    assertThat(refusal.reason()).contains("another build of 6.12.107");
                                }));
        assertThat(publisher.archive().index(Samples.KERNEL)).isEmpty();
    }

    @Test
    void anotherArchiveIsNotBegunInItsPlace() {
        Publisher other = Publisher.in(publisher.home);

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> other.archive().create(other.root, other.context()))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.NOT_PERMITTED));
        assertThat(publisher.archive().create(publisher.root, publisher.context()))
                .isEqualTo(publisher.archive().state());
    }

    @Test
    void aRootIsFollowedByTheNextOne() {
        publisher.client().update(publisher.context());
        Keys newer = publisher.keys.with(Role.TIMESTAMP, 1, Keys.signer(KeyScheme.ECDSA_P256));
        var next = newer.nextRoot(publisher.root, publisher.keys, publisher.clock.instant());
        var both = new ArrayList<>(publisher.keys.online());
        both.addAll(newer.online());

        ArchiveState state = PatchArchive.open(publisher.directory(), both, Validity.standard())
                .rotate(next, publisher.context());

        assertThat(state.roles().get(Role.ROOT).version()).isEqualTo(2);
        assertThat(publisher.client().update(publisher.context()).state()).isEqualTo(state);
    }
}
