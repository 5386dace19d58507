package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.kpatch.tree.TreeException.Fault;

/** Reads which kernel a directory is the tree of, from the files that make has left at fixed places. */
final class TreeReader {
    private static final int LARGEST = 16 << 20;
    private static final Pattern RELEASE_DEFINE = Pattern.compile("#define\\s+UTS_RELEASE\\s+\"([^\"]*)\"");
    private static final Pattern CANDIDATE = Pattern.compile("-rc\\d+.*");

    private final Path root;

    TreeReader(Path root) {
        this.root = root;
    }

    /** What a tree says of itself. */
    record Facts(KernelBuild kernel, KernelConfig config) {}

    Facts read() {
        if (!Files.isDirectory(root)) {
            throw Files.exists(root)
                    ? TreeException.of(root, "read", new NotDirectoryException(root.toString()))
                    : TreeException.of(root, "read", new NoSuchFileException(root.toString()));
        }
        String makefile = text("Makefile").orElseThrow(() -> noTree("it has no Makefile"));
        KernelVersion version = version(makefile).orElseThrow(() -> noTree("its Makefile names no kernel version"));
        KernelConfig config = bytes(".config").map(KernelConfig::parse).orElseThrow(() -> noTree("it has no .config"));
        KernelRelease release = text("include/config/kernel.release")
                .flatMap(text -> KernelRelease.tryParse(text.strip()))
                .or(() -> text("include/generated/utsrelease.h").flatMap(TreeReader::utsRelease))
                .or(() -> release(makefile, version, config))
                .orElseThrow(() -> noTree("nothing in it says which release it is"));
        Optional<String> compiler = Optional.of(config.value("CC_VERSION_TEXT"))
                .filter(value -> !value.equals(ConfigValue.NO))
                .map(ConfigValue::text);
        return new Facts(
                new KernelBuild(release, version, architecture(), compiler, Optional.of(config.digest())), config);
    }

    private TreeException noTree(String why) {
        return new TreeException(Fault.NOT_A_TREE, root, root + " is no build tree of a kernel: " + why + ".");
    }

    private static Optional<KernelRelease> utsRelease(String header) {
        Matcher matcher = RELEASE_DEFINE.matcher(header);
        return matcher.find() ? KernelRelease.tryParse(matcher.group(1)) : Optional.empty();
    }

    private static Optional<KernelVersion> version(String makefile) {
        String candidate = assigned(makefile, "EXTRAVERSION")
                .filter(extra -> CANDIDATE.matcher(extra).matches())
                .map(extra -> extra.replaceFirst("^(-rc\\d+).*", "$1"))
                .orElse("");
        return numbers(makefile).flatMap(numbers -> KernelVersion.tryParse(numbers + candidate));
    }

    private static Optional<String> numbers(String makefile) {
        return assigned(makefile, "VERSION")
                .flatMap(first -> assigned(makefile, "PATCHLEVEL")
                        .map(second -> first + "." + second
                                + assigned(makefile, "SUBLEVEL")
                                        .filter(third -> !third.isEmpty())
                                        .map(third -> "." + third)
                                        .orElse("")));
    }

    /** Puts the release together as make does, short of the state of a git checkout. */
    private static Optional<KernelRelease> release(String makefile, KernelVersion version, KernelConfig config) {
        ConfigValue local = config.value("LOCALVERSION");
        return KernelRelease.tryParse(numbers(makefile).orElse(version.toString())
                + assigned(makefile, "EXTRAVERSION").orElse("")
                + (local.equals(ConfigValue.NO) ? "" : local.text()));
    }

    private static Optional<String> assigned(String makefile, String variable) {
        Matcher matcher = Pattern.compile("^" + variable + "[ \t]*=[ \t]*([^\\s#]*)", Pattern.MULTILINE)
                .matcher(makefile);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Only the architecture that was built for has generated headers. */
    private Optional<String> architecture() {
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(root.resolve("arch"))) {
            for (Path architecture : architectures) {
                if (Files.isDirectory(architecture.resolve("include/generated"))) {
                    return Optional.of(architecture.getFileName().toString());
                }
            }
            return Optional.empty();
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
    }

    private Optional<String> text(String path) {
        return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> bytes(String path) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new TreeException(
                        Fault.LIMIT_EXCEEDED, file, file + " is larger than " + (LARGEST >> 20) + " MiB.");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw TreeException.of(file, "read", e);
        }
    }
}
