package org.tuxtape.kpatch.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.kpatch.internal.disk.MortalDisk;

/** Whatever a tool does to files that were named before, and wherever it and its user die: the tree is as it was. */
class TreeGuardProperties {
    private static final List<String> NAMES = List.of(
            "net/a.c", "net/b.c", "net/ipv4/c.c", "net/ipv4/d.h", "fs/e.c", "fs/new/f.c", "g", "Makefile", "x y/z+%.c");
    private static final List<String> MODES = List.of("rw-r--r--", "rwxr-xr-x", "rw-------", "r--r--r--");

    private Path directory = Path.of("");

    @BeforeTry
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("tuxtape-guard");
    }

    @AfterTry
    void removeDirectory() throws IOException {
        Disk.REAL.deleteAll(directory);
    }

    @Property(tries = 100)
    void theTreeIsAsItWas(@ForAll Random random) throws IOException {
        SmallTree small = SmallTree.in(directory.resolve("linux"));
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                small.write(name, text(random));
                small.mode(name, MODES.get(random.nextInt(MODES.size())));
            }
        }
        small.write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\n");
        if (random.nextBoolean()) {
            Files.createSymbolicLink(small.path("net/link"), Path.of("a.c"));
        }
        Map<String, String> before = small.picture();
        for (int user = random.nextInt(3); user >= 0; user--) {
            use(small, MortalDisk.dyingAfter(random.nextInt(60)), random);
        }
        BuildTree.open(small.root)
                .lease("to put back", Duration.ZERO, Context.standard())
                .close();
        assertThat(small.picture()).containsExactlyInAnyOrderEntriesOf(before);
    }

    private void use(SmallTree small, MortalDisk disk, Random random) throws IOException {
        TreeLease lease;
        try {
            lease = BuildTree.open(small.root, disk).lease("to test", Duration.ZERO, Context.standard());
        } catch (MortalDisk.Killed e) {
            return;
        }
        try {
            Set<String> guarded = new TreeSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                guarded.addAll(guardSome(lease, random));
                edit(small, new ArrayList<>(guarded), random);
            }
            if (random.nextInt(3) > 0) {
                lease.close();
            }
        } catch (MortalDisk.Killed e) {
            assertThat(disk.isOver()).isTrue();
        } finally {
            lease.abandon();
        }
    }

    private static Set<String> guardSome(TreeLease lease, Random random) {
        Set<String> names = new TreeSet<>();
        for (String name : NAMES) {
            if (random.nextInt(3) == 0 && !name.equals("Makefile")) {
                names.add(name);
            }
        }
        names.add("net/link");
        lease.guard(names.stream().map(SourcePath::parse).collect(Collectors.toSet()));
        return names;
    }

    private void edit(SmallTree small, List<String> names, Random random) throws IOException {
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = names.get(random.nextInt(names.size()));
            Path path = small.path(name);
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    Files.createDirectories(path.getParent());
                    Disk.REAL.deleteAll(path);
                    Files.writeString(path, text(random));
                }
                case 2 -> Disk.REAL.deleteAll(path);
                case 3 -> {
                    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                        small.mode(name, MODES.get(random.nextInt(MODES.size())));
                    }
                }
                case 4 -> {
                    Disk.REAL.deleteAll(path);
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, directory);
                }
                case 5 -> {
                    Disk.REAL.deleteAll(path);
                    Files.createDirectories(path.resolve("deep"));
                    Files.writeString(path.resolve("deep/file"), text(random));
                }
                default -> {
                    Files.createDirectories(path.getParent());
                    Files.writeString(path.resolveSibling(path.getFileName() + ".rej"), text(random));
                }
            }
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(200), 'a', 'e')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
