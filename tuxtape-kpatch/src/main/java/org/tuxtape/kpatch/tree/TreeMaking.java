package org.tuxtape.kpatch.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.kpatch.internal.run.ProcessMarker;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/** Makes trees in new directories, which are there whole or not at all: under another name until the last step. */
final class TreeMaking {
    private static final Duration COPYING = Duration.ofHours(1);

    private final Path directory;
    private final Path unfinished;
    private final Disk disk;
    private final Context context;

    private TreeMaking(Path directory, Disk disk, Context context) {
        this.directory = directory.toAbsolutePath().normalize();
        this.unfinished = this.directory.resolveSibling("." + this.directory.getFileName() + ".unfinished");
        this.disk = disk;
        this.context = context;
    }

    private interface Steps {
        /** Returns the root of the tree that was made. */
        Path take() throws IOException;
    }

    private BuildTree make(Steps steps) {
        try {
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new TreeException(Fault.EXISTS, directory, directory + " is there already.");
            }
            disk.deleteAll(unfinished);
            try {
                Path made = steps.take();
                disk.rename(made, directory);
                disk.sync(directory.getParent());
            } finally {
                disk.deleteAll(unfinished);
            }
        } catch (IOException e) {
            throw TreeException.of(directory, "made", e);
        }
        return BuildTree.open(directory, disk);
    }

    static BuildTree fromSource(Path source, Path config, Path directory, Disk disk, Context context) {
        TreeMaking making = new TreeMaking(directory, disk, context);
        return making.make(() -> making.unpackAndConfigure(source, config));
    }

    private Path unpackAndConfigure(Path source, Path config) throws IOException {
        byte[] wanted = Files.readAllBytes(config);
        disk.createDirectories(unfinished);
        List<String> command = Files.isDirectory(source)
                ? List.of("cp", "-a", "--reflink=auto", "--", source.toRealPath() + "/.", unfinished.toString())
                : List.of(
                        "tar",
                        "-x",
                        "--no-same-owner",
                        "-f",
                        source.toRealPath().toString(),
                        "-C",
                        unfinished.toString());
        tool("unpack " + source, unfinished).run(command, COPYING, context);
        Path root = rootOf(unfinished);
        disk.deleteAll(root.resolve(StateDirectory.NAME));
        disk.write(root.resolve(".config"), new ByteArrayInputStream(wanted));
        tool("configure " + directory, root).run(List.of("make", "olddefconfig"), COPYING, context);
        tellOfLostOptions(KernelConfig.parse(wanted), KernelConfig.parse(Files.readAllBytes(root.resolve(".config"))));
        return root;
    }

    private static SystemTool tool(String task, Path directory) {
        return new SystemTool(task, directory, ProcessMarker.create());
    }

    /** An archive holds one directory, as those of the kernel and of distributions do, or the tree itself. */
    private static Path rootOf(Path unpacked) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(unpacked)) {
            stream.forEach(entries::add);
        }
        return entries.size() == 1 && Files.isDirectory(entries.get(0), LinkOption.NOFOLLOW_LINKS)
                ? entries.get(0)
                : unpacked;
    }

    /** An option whose conditions do not hold is dropped by make without a word. */
    private void tellOfLostOptions(KernelConfig wanted, KernelConfig got) {
        String task = "check the config of " + directory;
        context.tell(new Event.Started(task, OptionalLong.empty(), "options"));
        wanted.values().keySet().stream()
                .map(ConfigSymbol::name)
                .filter(name ->
                        wanted.value(name).isEnabled() && !got.value(name).isEnabled())
                .sorted()
                .forEach(name -> context.tell(new Event.Noted(
                        task,
                        "CONFIG_" + name + "=" + wanted.value(name) + " cannot be had and is now " + got.value(name)
                                + ".")));
        context.tell(new Event.Ended(task, Event.End.COMPLETED));
    }

    static BuildTree cloneOf(BuildTree origin, Path directory, ProcessMarker marker, Disk disk, Context context) {
        TreeMaking making = new TreeMaking(directory, disk, context);
        return making.make(() -> making.copy(origin.directory(), marker));
    }

    private Path copy(Path origin, ProcessMarker marker) throws IOException {
        TreeCopy copy = new TreeCopy(origin, unfinished, context);
        if (sharesBlocks(origin)) {
            new SystemTool("clone " + origin, origin, marker)
                    .run(TreeCopy.reflinkCommand(origin, unfinished), COPYING, context);
            disk.deleteAll(unfinished.resolve(StateDirectory.NAME));
        } else {
            copy.byLinks();
        }
        copy.rename(directory);
        return unfinished;
    }

    private boolean sharesBlocks(Path origin) throws IOException {
        Path probe = directory.resolveSibling("." + directory.getFileName() + ".probe");
        try {
            tool("probe " + directory.getParent(), origin)
                    .run(TreeCopy.reflinkCommand(origin.resolve("Makefile"), probe), COPYING, context);
            return true;
        } catch (TreeException e) {
            return false;
        } finally {
            disk.delete(probe);
        }
    }
}
