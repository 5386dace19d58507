package org.tuxtape.kpatch.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;

/** A tiny kernel tree, configured and built, on which the stand-ins work. Its sources look old, as those of a tree do. */
public final class FakeTree {
    /** A kernel for kpatch-build. */
    public static final KernelRelease OLDER = KernelRelease.parse("6.12.94-small");
    /** A kernel for klp-build. */
    public static final KernelRelease NEWER = KernelRelease.parse("7.2.6-small");

    private static final Map<KernelRelease, Map<Path, byte[]>> BUILT = new ConcurrentHashMap<>();
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));

    private final Path directory;
    private final KernelRelease release;

    private FakeTree(Path directory, KernelRelease release) {
        this.directory = directory;
        this.release = release;
    }

    /**
     * Makes a tree and builds its kernel.
     *
     * @param directory not there yet
     * @param release what kernel it is
     * @param standIn what compiles it, now and later
     */
    public static FakeTree create(Path directory, KernelRelease release, StandIn standIn) {
        FakeTree tree = new FakeTree(directory, release);
        try {
            for (Map.Entry<String, String> source :
                    SmallSources.of(release, standIn.prefix()).entrySet()) {
                tree.put(source.getKey(), source.getValue());
                Files.setLastModifiedTime(directory.resolve(source.getKey()), LONG_AGO);
            }
            if (release.equals(NEWER)) {
                standIn.install("tree/klp-build", tree.klpBuild());
                standIn.install("tree/fix-patch-lines", tree.klpBuild().resolveSibling("fix-patch-lines"));
                standIn.install("tree/objtool", directory.resolve("tools/objtool/objtool"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tree.build();
        return tree;
    }

    /** Builds its kernel; what the first tree of a release got by make, which names no directory, the others get as it is. */
    private void build() {
        BUILT.computeIfAbsent(release, first -> {
                    Map<Path, byte[]> before = files();
                    make("vmlinux", "modules");
                    Map<Path, byte[]> products = files();
                    products.keySet().removeAll(before.keySet());
                    return products;
                })
                .forEach((path, content) -> put(path.toString(), new String(content, StandardCharsets.ISO_8859_1)));
    }

    private Map<Path, byte[]> files() {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(directory.relativize(path), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** A tree that was made before, possibly by another process. */
    public static FakeTree at(Path directory, KernelRelease release) {
        return new FakeTree(directory, release);
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** Its own tool, if it is a {@linkplain #NEWER newer} one. */
    public Path klpBuild() {
        return directory.resolve("scripts/livepatch/klp-build");
    }

    /** What it is a build of. */
    public KernelBuild kernel() {
        try {
            byte[] config = Files.readAllBytes(directory.resolve(".config"));
            return new KernelBuild(
                    release,
                    release.version(),
                    Optional.of("x86"),
                    Optional.of("gcc " + StandIn.COMPILER),
                    Optional.of(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(config))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a file of it, one char per byte. */
    public String text(String path) {
        try {
            return Files.readString(directory.resolve(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of it; one that begins as a script does can be run. */
    public FakeTree put(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);
            if (text.startsWith("#!")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes its config, without building it again. */
    public FakeTree config(String before, String after) {
        String config = text(".config");
        if (!config.contains(before)) {
            throw new IllegalArgumentException("The config has no " + before + ".");
        }
        return put(".config", config.replace(before, after));
    }

    /** Runs make in it, as its owner would. */
    public FakeTree make(String... targets) {
        ProcessBuilder make = new ProcessBuilder("make", "-s");
        make.command().addAll(List.of(targets));
        make.directory(directory.toFile()).redirectErrorStream(true);
        make.environment().keySet().removeIf(name -> name.startsWith("MAKE"));
        try {
            Process process = make.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("make failed: " + output);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
