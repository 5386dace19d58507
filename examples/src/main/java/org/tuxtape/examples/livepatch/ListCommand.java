package org.tuxtape.examples.livepatch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.examples.Console;
import org.tuxtape.examples.FormatOption;
import org.tuxtape.examples.HelpOption;
import org.tuxtape.examples.Unusable;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.trial.PatchStore;
import org.tuxtape.livepatch.sysfs.trial.StoredPatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is in force. */
@Command(name = "list", description = "Print the livepatches of the running kernel, and the CVEs that they fix.")
final class ListCommand implements Callable<Integer> {

    private final Console console;
    private final Machine machine;
    private int status = ExitCode.OK;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = "--manifests",
            arity = "1..*",
            paramLabel = "FILE",
            description = "manifests, or directories of files *.manifest: say which of their CVEs are fixed")
    private List<Path> manifests = List.of();

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "such as /var/lib/tuxtape: print what is kept there too, and use its manifests")
    private Optional<Path> directory = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    ListCommand(Console console, Machine machine) {
        this.console = console;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        SysfsController controller = machine.controller().build();
        MachineState state = controller.machine();
        List<BlockingTask> blocking = controller.blocking();
        Optional<PatchStore.Contents> stored = directory.map(place ->
                PatchStore.open(place, machine.files(), machine.context()).contents());
        stored.ifPresent(contents -> contents.faults().forEach(this::complain));
        List<StoredPatch> patches = stored.map(PatchStore.Contents::patches).orElse(List.of());
        List<Manifest> known = new ArrayList<>(read(manifests));
        patches.forEach(patch -> known.add(patch.manifest()));
        List<CveProtection> cves = CveProtection.of(state.livepatches(), known);
        if (format.isJson()) {
            console.print(LivepatchJson.write(node -> {
                LivepatchJson.machine(node, state, blocking, cves);
                stored.ifPresent(contents -> StoreJson.contents(node, contents));
            }));
        } else {
            console.print(LivepatchText.of(state, blocking, cves) + (patches.isEmpty() ? "" : "\n"));
            patches.forEach(patch -> console.print(StoreText.of(patch)));
        }
        return status;
    }

    private List<Manifest> read(List<Path> places) {
        List<Manifest> read = new ArrayList<>();
        for (Path file : Manifests.find(places)) {
            try {
                read.add(Manifests.read(file));
            } catch (Unusable e) {
                complain(e);
            }
        }
        return read;
    }

    private void complain(Exception fault) {
        console.complain(fault.getMessage());
        status = ExitCode.SOFTWARE;
    }
}
