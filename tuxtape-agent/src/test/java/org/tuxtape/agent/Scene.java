package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tuxtape.archive.ArchiveLocation;
import org.tuxtape.archive.PatchArchive;
import org.tuxtape.archive.Publication;
import org.tuxtape.archive.Submission;
import org.tuxtape.archive.Validity;
import org.tuxtape.archive.rollout.PatchRef;
import org.tuxtape.archive.rollout.RolloutPolicy;
import org.tuxtape.archive.trust.KeyFile;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.core.livepatch.Review;
import org.tuxtape.core.livepatch.Reviews;
import org.tuxtape.testkit.ManualClock;
import org.tuxtape.testkit.kernel.SimulatedKernel;

/** A publisher with a real archive on a real web server, and nodes with simulated kernels, all by one clock. */
final class Scene implements AutoCloseable {
    static final KernelRelease RELEASE = KernelRelease.parse("6.12.107");
    static final String BUILD_ID = "5f".repeat(20);
    static final KernelIdentity KERNEL = new KernelIdentity(RELEASE, "x86_64", BUILD_ID);
    private static final String VERMAGIC =
            SimulatedKernel.builder(RELEASE).build().vermagic();

    final ManualClock clock = ManualClock.create();
    final Path directory;
    final FileServer server;
    final PatchArchive archive;
    final RootMetadata root;
    private RolloutPolicy policy = RolloutPolicy.standard("fleet");
    private final List<PatchRef> published = new ArrayList<>();

    Scene(Path directory) {
        this.directory = directory;
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        Map<Role, Signer> signers = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            KeyFile key = KeyFile.generate(directory.resolve(role.text() + ".pem"), KeyScheme.ED25519);
            roles.put(role, RoleKeys.of(key.key()));
            signers.put(role, key);
        }
        root = RootMetadata.first(roles, clock.instant().plus(Duration.ofDays(365)))
                .signedBy(Objects.requireNonNull(signers.get(Role.ROOT)));
        archive = PatchArchive.open(directory.resolve("archive"), List.copyOf(signers.values()), Validity.standard());
        archive.create(root, clock.context());
        server = FileServer.of(directory.resolve("archive"));
        change(policy);
    }

    ArchiveLocation mounted() {
        return new ArchiveLocation.Directory(directory.resolve("archive"));
    }

    /** The archive as it is now, whatever is published later. */
    ArchiveLocation copied() {
        Path archived = directory.resolve("archive");
        Path copy = directory.resolve("copied");
        try (Stream<Path> files = Files.walk(archived)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(archived.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArchiveLocation.Directory(copy);
    }

    Machine node(String id, String... tags) {
        return new Machine(this, id, tags);
    }

    /** Makes a cumulative patch and publishes it, approved, for one kernel. */
    PatchRef publish(String name, KernelIdentity kernel) {
        LivepatchModule module = module(name);
        Reviews reviews = Reviews.none()
                .with(new Review(
                        Review.Decision.APPROVED,
                        "Ada",
                        "It is a test.",
                        clock.instant(),
                        module.manifest().sha256()));
        assertThat(archive.publish(List.of(new Submission(module, reviews, kernel)), clock.context()))
                .isInstanceOf(Publication.Published.class);
        published.add(new PatchRef(module.manifest().sha256(), module.manifest().name()));
        return newest();
    }

    PatchRef publish(String name) {
        return publish(name, KERNEL);
    }

    List<PatchRef> published() {
        return List.copyOf(published);
    }

    PatchRef newest() {
        return published.get(published.size() - 1);
    }

    static Manifest manifest(String name) {
        return new Manifest(
                new LivepatchName(name),
                "0".repeat(64),
                RELEASE,
                VERMAGIC,
                "by hand",
                Optional.empty(),
                Replacement.REPLACE_ALL,
                new TreeMap<>(),
                new TreeSet<>(List.of(
                        new PatchedFunction(KernelObject.VMLINUX, "common_function", 1),
                        new PatchedFunction(KernelObject.VMLINUX, name + "_function", 1))));
    }

    private LivepatchModule module(String name) {
        LivepatchModule made = SimulatedKernel.builder(RELEASE).build().install(manifest(name));
        try {
            Path file = Files.createDirectories(directory.resolve("built")).resolve(name + ".ko");
            Files.write(file, Files.readAllBytes(made.file()));
            // As it is read: a kernel's version magic ends with a blank, which no text keeps.
            return new LivepatchModule(file, Manifest.parse(made.manifest().toText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void promote(PatchRef patch, String ring) {
        change(policy.promote(patch, ring, clock.instant(), "Ada", "It is a test."));
    }

    void withdraw(PatchRef patch) {
        change(policy.withdraw(patch, clock.instant(), "Ada", "It makes the fans loud."));
    }

    private void change(RolloutPolicy to) {
        policy = to;
        archive.changePolicy(before -> to.toText(), clock.context());
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        server.close();
    }
}
