package org.tuxtape.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tuxtape.agent.AgentOutcome.Current;
import org.tuxtape.agent.AgentOutcome.Failed;
import org.tuxtape.agent.AgentOutcome.Taken;
import org.tuxtape.livepatch.sysfs.trial.StoreException;

/**
 * A program that runs agents on a small file system of its own, which has no room at first and a page more for each agent.
 * Each of them has another run as soon as there is room.
 */
final class FullDisk {
    private static final int PAGE = 4096;

    private final Scene scene;
    private final Path ballast;

    private FullDisk(Scene scene, Path disk) {
        this.scene = scene;
        this.ballast = disk.resolve("ballast");
    }

    /** Prints how many pages were too few. */
    public static void main(String... arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        try (Scene scene = new Scene(home)) {
            scene.promote(scene.publish("livepatch_1"), "all");
            FullDisk disk = new FullDisk(scene, home.resolve("nodes"));
            int pages = 0;
            while (!disk.isEnough(pages)) {
                pages++;
            }
            System.out.println(pages);
        }
    }

    private boolean isEnough(int pages) throws IOException {
        Machine node = scene.node("web-" + pages);
        node.location = scene.mounted();
        leave(pages);
        boolean isTaken = isTaken(node, pages);

        Files.delete(ballast);
        assertThat(node.outcome()).as("%d pages, then more", pages).isInstanceOfAny(Taken.class, Current.class);
        assertThat(node.inForce()).containsExactly("livepatch_1");
        assertThat(node.stored()).hasSize(1).noneMatch(patch -> patch.marked());
        return isTaken;
    }

    private static boolean isTaken(Machine node, int pages) {
        try {
            AgentOutcome outcome = node.outcome();
            assertThat(outcome).as("%d pages", pages).isInstanceOfAny(Taken.class, Failed.class);
            return outcome instanceof Taken;
        } catch (StoreException e) {
            // Not even the store could be opened.
            return false;
        }
    }

    /** Fills the file system, but for some pages. */
    private void leave(int pages) throws IOException {
        byte[] block = new byte[PAGE];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
                size += PAGE;
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            file.truncate(Math.max(0, size - (long) pages * PAGE));
        }
    }
}
