package org.tuxtape.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tuxtape.archive.ArchiveClient;
import org.tuxtape.archive.ArchiveLocation;
import org.tuxtape.archive.rollout.Node;
import org.tuxtape.archive.rollout.NodeReport;
import org.tuxtape.archive.rollout.ReportSink;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;
import org.tuxtape.livepatch.sysfs.loading.ModuleLoading;
import org.tuxtape.livepatch.sysfs.trial.BootLoad;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import org.tuxtape.livepatch.sysfs.trial.TrialPolicy;
import org.tuxtape.testkit.kernel.KernelError;
import org.tuxtape.testkit.kernel.SimulatedKernel;

/** A node: a kernel in memory that forgets everything when it is booted, and a disk that does not. */
final class Machine {
    private static final TrialPolicy SHORT = new TrialPolicy(
            new TransitionPolicy.Reverse(Duration.ofSeconds(30)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            true,
            true,
            true);

    private final Scene scene;
    private final Node node;
    private final Path disk;
    SimulatedKernel kernel;
    ArchiveLocation location;
    private String buildId = Scene.BUILD_ID;
    private UnaryOperator<AgentOptions> more = options -> options;

    Machine(Scene scene, String id, String... tags) {
        this.scene = scene;
        this.node = Node.of(id, tags);
        this.disk = scene.directory.resolve("nodes").resolve(id);
        this.location = new ArchiveLocation.Web(scene.server.address());
        try {
            Files.createDirectories(disk);
            Files.createDirectories(reports());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.kernel = boot("quiet");
    }

    Machine ofBuild(String id) {
        buildId = id;
        boot("quiet");
        return this;
    }

    Machine with(UnaryOperator<AgentOptions> options) {
        more = options;
        return this;
    }

    /** Boots it, without loading anything. */
    SimulatedKernel boot(String commandLine) {
        scene.clock.advance(Duration.ofMinutes(1));
        kernel = SimulatedKernel.builder(Scene.RELEASE)
                .clock(scene.clock)
                .buildId(buildId)
                .commandLine(commandLine)
                .build();
        return kernel;
    }

    void loadAtBoot() {
        BootLoad.of(controller(), store()).load(SHORT.transition(), scene.clock.context());
    }

    Path disk() {
        return disk;
    }

    Path state() {
        return disk.resolve("agent");
    }

    private Path reports() {
        return scene.directory.resolve("reports");
    }

    KernelFiles files() {
        return KernelFiles.under(kernel.root());
    }

    SysfsController controller() {
        return SysfsController.builder(files()).loading(new Insertion()).build();
    }

    PatchStore store() {
        return PatchStore.open(disk.resolve("store"), files(), scene.clock.context());
    }

    List<StoredPatch> stored() {
        return store().contents().patches();
    }

    Agent agent(LivepatchController controller) {
        // The simulated kernel has the functions of which it has heard.
        scene.published()
                .forEach(patch -> kernel.install(Scene.manifest(patch.name().text())));
        AgentOptions options = more.apply(AgentOptions.of(node, state()).with(SHORT));
        ArchiveClient client = ArchiveClient.of(location, disk.resolve("trusted"), scene.root);
        return Agent.of(controller, store(), files(), client, ReportSink.directory(reports()), options);
    }

    Agent agent() {
        return agent(controller());
    }

    AgentRun run() {
        return agent().run(scene.clock.context());
    }

    AgentOutcome outcome() {
        return run().outcome();
    }

    AgentOutcome rehearse() {
        return agent().rehearse(scene.clock.context());
    }

    Context context() {
        return scene.clock.context();
    }

    List<String> inForce() {
        return controller().loaded().stream()
                .filter(Livepatch::enabled)
                .map(livepatch -> livepatch.name().text())
                .toList();
    }

    Optional<NodeReport> report() {
        try {
            Path file = reports().resolve(NodeReport.fileName(node.id()));
            return Files.exists(file) ? Optional.of(NodeReport.parse(Files.readString(file))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel takes a module for what its file says, wherever the file lies. */
    private final class Insertion implements ModuleLoading {
        @Override
        public void load(Path file) throws KernelRefusal {
            String name = file.getFileName().toString().replaceFirst("\\.ko$", "");
            try {
                kernel.insmod(kernel.install(Scene.manifest(name)).file());
            } catch (KernelError e) {
                throw new KernelRefusal(e.errno(), e.getMessage());
            }
        }

        @Override
        public void unload(LivepatchName name) throws KernelRefusal {
            try {
                kernel.rmmod(name);
            } catch (KernelError e) {
                throw new KernelRefusal(e.errno(), e.getMessage());
            }
        }

        @Override
        public String describe() {
            return "system calls";
        }
    }
}
