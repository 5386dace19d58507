package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.disk.LockFile;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.text.Stanza;
import org.tuxtape.kpatch.internal.run.Leftovers;
import org.tuxtape.kpatch.internal.run.ProcessMarker;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/**
 * A build tree for one's own, until it is closed:
 *
 * <pre>{@code
 * try (TreeLease lease = tree.lease("to build livepatch_a", patience, context)) {
 *     lease.guard(files);
 *     // run the tool, with the lease's marker
 *     lease.toolsEnded();
 * }
 * }</pre>
 *
 * <p>Not for use by several threads at once, but any thread may close it.
 *
 * @since 0.1
 */
public final class TreeLease implements AutoCloseable {
    private static final String MARKER = "Marker";

    private BuildTree tree;
    private final LockFile lock;
    private final TreeGuard guard;
    private final Disk disk;
    private final Context context;
    private final ProcessMarker marker = ProcessMarker.create();
    private Optional<TreeRepair> repair = Optional.empty();
    private boolean haveToolsEnded;
    private boolean isClosed;

    private TreeLease(BuildTree tree, LockFile lock, Disk disk, Context context) {
        this.tree = tree;
        this.lock = lock;
        this.disk = disk;
        this.context = context;
        this.guard = new TreeGuard(tree.directory(), StateDirectory.of(tree.directory()), disk);
    }

    static TreeLease begin(BuildTree tree, LockFile.Attempt.Taken taken, String purpose, Disk disk, Context context) {
        boolean hasBegun = false;
        try {
            TreeLease lease = new TreeLease(tree, taken.lock(), disk, context);
            if (!taken.left().isBlank() || lease.guard.isPending()) {
                lease.repair = Optional.of(lease.repair(taken.left()));
                lease.tree = BuildTree.open(tree.directory(), disk);
            }
            TreeHolder self = new TreeHolder(
                    ProcessHandle.current().pid(), host(), context.clock().instant(), purpose);
            taken.lock().write(self.toStanza().with(MARKER, lease.marker.text()).toString());
            hasBegun = true;
            return lease;
        } catch (IOException e) {
            throw TreeException.of(tree.directory(), "put back", e);
        } finally {
            if (!hasBegun) {
                taken.lock().close();
            }
        }
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Ends what the last user has left running, and then puts back what it has left changed. */
    private TreeRepair repair(String left) throws IOException {
        String task = "repair " + tree.directory();
        context.tell(new Event.Started(task, OptionalLong.empty(), "files"));
        Event.End end = Event.End.FAILED;
        try {
            int processes = endProcesses(left);
            TreeGuard.Restored restored = guard.restore();
            // A lock without a text is not the last user's, and its time says nothing.
            FileTime since = left.isBlank() ? FileTime.fromMillis(0) : lock.written();
            SortedSet<SourcePath> unfinished = UnfinishedProducts.remove(tree.directory(), since, disk);
            TreeRepair done = new TreeRepair(
                    TreeHolder.tryParse(left), processes, restored.restored(), restored.removed(), unfinished);
            tell(task, "restored", done.restored());
            tell(task, "removed", done.removed());
            tell(task, "half made, to be made again", done.unfinished());
            end = Event.End.COMPLETED;
            return done;
        } finally {
            context.tell(new Event.Ended(task, end));
        }
    }

    private void tell(String task, String what, Set<SourcePath> paths) {
        paths.forEach(path -> context.tell(new Event.Noted(task, path + " " + what + ".")));
    }

    private int endProcesses(String left) {
        Optional<ProcessMarker> theirs = markerIn(left);
        if (theirs.isEmpty()) {
            return 0;
        }
        int processes = Leftovers.of(theirs.get()).size();
        requireEnded(processes == 0 ? List.of() : Leftovers.end(theirs.get()));
        return processes;
    }

    private void requireEnded(List<Long> processes) {
        if (!processes.isEmpty()) {
            throw new TreeException(
                    Fault.STILL_RUNNING,
                    tree.directory(),
                    tree.directory() + " may still be written by the processes " + processes
                            + ", which could not be ended.");
        }
    }

    private static Optional<ProcessMarker> markerIn(String text) {
        try {
            return Stanza.parse(text).optional(MARKER).map(ProcessMarker::parse);
        } catch (IllegalArgumentException e) {
            // Half written: then no process was started yet, since that comes after.
            return Optional.empty();
        }
    }

    /**
     * Returns the tree.
     *
     * @return the tree, read again if something had to be put back
     */
    public BuildTree tree() {
        return tree;
    }

    /**
     * Tells what had to be put back before the lease began.
     *
     * @return what was found; empty if the last user ended in good order
     */
    public Optional<TreeRepair> repair() {
        return repair;
    }

    /**
     * Returns what every process that works in the tree has to carry in its environment, so that it is found if this
     * process dies. {@code internal.run} takes it.
     *
     * @return 32 hexadecimal digits, others for each lease
     */
    public String marker() {
        return marker.text();
    }

    /**
     * Names files that are going to be changed, deleted or added, before that happens. Copies of them are on the disk when
     * it returns. When the lease is closed, or by the next one if it comes to that, they are put back; what patch(1) and
     * sed(1) leave beside them is removed. What is not named is not put back.
     *
     * <p>A source whose content had to be put back gets a new time, since something may have been compiled from what it
     * was; a product, told by the {@code .NAME.cmd} beside it, gets its old one. A file whose content is right keeps the
     * time that it has.
     *
     * @param files paths below the tree; there need not be anything at them
     * @throws TreeException {@link Fault#OUTSIDE} if one leads through a symbolic link or to a directory, or if the
     *     copies cannot be written; then none is guarded that was not before
     * @throws IllegalStateException if the lease is closed
     */
    public void guard(Set<SourcePath> files) {
        if (isClosed) {
            throw new IllegalStateException("The lease is closed.");
        }
        try {
            guard.add(files);
        } catch (IOException e) {
            throw TreeException.of(tree.directory(), "guarded", e);
        }
    }

    /**
     * Has make make something in the tree. Its lines are told as those of a task.
     *
     * @param arguments what make is given, for example {@code -j2 vmlinux modules}
     * @param timeout above zero
     * @throws TreeException {@link Fault#TOOL_FAILED} or {@link Fault#NO_SPACE} if make does not end well; the message has
     *     its last lines
     * @throws org.tuxtape.core.CancelledException if the context of the lease asks to stop
     */
    public void make(List<String> arguments, Duration timeout) {
        List<String> command = new ArrayList<>(List.of("make"));
        command.addAll(arguments);
        new SystemTool("make " + tree.directory(), tree.directory(), marker).run(command, timeout, context);
    }

    /**
     * Builds what a builder needs to find in the tree, once: a tree that was prepared with this config and these arguments
     * is left as it is. A build that was broken off is gone on with.
     *
     * @param arguments what make is given, for example {@code -j2 vmlinux modules}
     * @param timeout above zero
     * @return the tree as it is then
     * @throws TreeException as {@link #make} does
     * @throws org.tuxtape.core.CancelledException if the context of the lease asks to stop
     */
    public BuildTree prepare(List<String> arguments, Duration timeout) {
        Path record = StateDirectory.of(tree.directory()).resolve("prepared");
        try {
            BuildTree now = BuildTree.open(tree.directory(), disk);
            if (!Files.exists(record) || !Files.readString(record).equals(preparation(now, arguments))) {
                make(arguments, timeout);
                now = BuildTree.open(tree.directory(), disk);
                disk.replace(record, preparation(now, arguments));
            }
            tree = now;
            return now;
        } catch (IOException e) {
            throw TreeException.of(record, "written", e);
        }
    }

    private static String preparation(BuildTree tree, List<String> arguments) {
        return tree.kernel().configDigest().orElse("") + '\n' + String.join("\n", arguments) + '\n';
    }

    /**
     * Makes a second tree that is like this one, and in which make finds everything made. Where the file system can share
     * blocks it does; elsewhere sources are hard links and all else is copied. Nothing that a tool does in one of them
     * changes the other, but for an editor that writes into the file that is there.
     *
     * @param directory where it shall be, on the same file system if sources shall be links; it is there when all is
     *     done, or not at all
     * @return the clone, in which the caller has no lease
     * @throws TreeException {@link Fault#EXISTS} if there is something already, or if it cannot be written
     * @throws org.tuxtape.core.CancelledException if the context of the lease asks to stop
     */
    public BuildTree cloneTo(Path directory) {
        return TreeMaking.cloneOf(tree, directory, marker, disk, context);
    }

    /**
     * Says that whatever ran in the tree has come to a good end, so that make has finished all that it began. Without it,
     * closing looks for products that are half made, which takes a walk through the whole tree: after a tool that failed
     * it is worth it, since make may have been killed below it.
     */
    public void toolsEnded() {
        haveToolsEnded = true;
    }

    /** Gives up a tree that is not there any more. */
    void abandon() {
        isClosed = true;
        lock.close();
    }

    /**
     * Puts back what was guarded, and gives the tree to others. A second time does nothing. An interrupt does not keep it
     * from its work.
     *
     * @throws TreeException if the tree could not be put back, or {@link Fault#STILL_RUNNING} if processes that carry the
     *     marker are alive; then the next lease tries again
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            requireEnded(Leftovers.of(marker));
            guard.restore();
            if (!haveToolsEnded) {
                UnfinishedProducts.remove(tree.directory(), lock.written(), disk);
            }
            lock.clear();
        } catch (IOException e) {
            throw TreeException.of(tree.directory(), "put back", e);
        } finally {
            lock.close();
        }
    }
}
