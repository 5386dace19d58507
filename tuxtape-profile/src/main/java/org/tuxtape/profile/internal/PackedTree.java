package org.tuxtape.profile.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/**
 * A build tree in an archive, read in place: its names first, then what the profile is made of. Nothing is unpacked, and
 * of all the archive holds only the names, the {@code .cmd} files' content and a few fixed files are kept.
 */
final class PackedTree implements TreeFiles {
    private static final int LARGEST_CMD = 4 << 20;
    private static final String CONFIG = ".config";
    private static final List<String> ROOT_MARKS = List.of(CONFIG, ".vmlinux.cmd", "modules.order");

    private static final Set<String> FIXED = Set.of(
            CONFIG,
            "Makefile",
            "System.map",
            "modules.order",
            "include/config/kernel.release",
            "include/generated/utsrelease.h",
            "include/generated/uapi/linux/version.h");

    private final Path archive;
    private final String root;
    private final Set<String> names;
    private final Map<String, byte[]> fixed = new HashMap<>();
    private final TreeWalk.Listing listing =
            new TreeWalk.Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<CmdFile> commands = new ArrayList<>();
    private final List<String> illegible = new ArrayList<>();

    private PackedTree(Path archive, String root, Set<String> names) {
        this.archive = archive;
        this.root = root;
        this.names = names;
    }

    /**
     * Lists an archive: a tar, plain or compressed with gzip, xz or zstd, or a zip.
     *
     * @throws ProfileException if it is no such archive, damaged or too large, or holds no kernel build
     */
    static PackedTree list(Path archive, Task task) {
        List<String> all = new ArrayList<>();
        visit(archive, task, (name, content) -> all.add(name));
        String root = root(all).orElseThrow(() -> Faults.of(archive, Fault.WRONG_KIND, "holds no kernel build tree"));
        Set<String> names = new HashSet<>();
        all.stream().filter(name -> name.startsWith(root)).forEach(name -> names.add(name.substring(root.length())));
        return new PackedTree(archive, root, names);
    }

    /** Reads what the profile is made of. */
    PackedTree load(Task task) {
        Set<String> nested = nestedBuilds();
        TokenTable tokens = new TokenTable();
        visit(archive, task, (name, content) -> {
            if (name.startsWith(root)) {
                take(name.substring(root.length()), nested, content, tokens);
            }
        });
        commands.sort(Comparator.comparing(CmdFile::target));
        return this;
    }

    private static void visit(Path archive, Task task, PackedMembers.Visitor visitor) {
        try {
            PackedMembers.visit(archive, task, visitor);
        } catch (FileSystemException e) {
            throw Faults.of(archive, e);
        } catch (EOFException e) {
            throw new ProfileException(archive.toString(), Fault.DAMAGED, archive + " is cut short.", e);
        } catch (IOException e) {
            throw new ProfileException(
                    archive.toString(),
                    Fault.DAMAGED,
                    archive + " is damaged or no archive: " + e.getMessage() + ".",
                    e);
        }
    }

    /** The build lies where the uppermost of its marks lies. */
    private static Optional<String> root(List<String> names) {
        return names.stream()
                .filter(name -> ROOT_MARKS.contains(name.substring(name.lastIndexOf('/') + 1)))
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private Set<String> nestedBuilds() {
        Set<String> nested = new HashSet<>();
        for (String name : names) {
            if (name.endsWith("/" + CONFIG)) {
                nested.add(name.substring(0, name.length() - CONFIG.length()));
            }
        }
        listing.nestedBuilds().addAll(nested.stream().sorted().toList());
        return nested;
    }

    private void take(String name, Set<String> nested, InputStream content, TokenTable tokens) throws IOException {
        if (FIXED.contains(name)) {
            fixed.put(name, bytes(name, content, LARGEST));
        }
        int slash = name.lastIndexOf('/');
        String file = name.substring(slash + 1);
        if (("/" + name.substring(0, slash + 1)).contains("/.")
                || nested.stream().anyMatch(name::startsWith)) {
            return;
        }
        if (TreeWalk.isCmd(file)) {
            String target = name.substring(0, slash + 1) + file.substring(1, file.length() - ".cmd".length());
            if (SourcePath.tryParse(target).isEmpty()) {
                listing.unreadable().add(target);
                return;
            }
            byte[] text = bytes(name, content, LARGEST_CMD);
            CmdParser.parse(target, text, text.length, tokens)
                    .ifPresentOrElse(commands::add, () -> illegible.add(name + " holds no command"));
        } else if (!file.startsWith(".") && TreeWalk.isSource(file)) {
            listing.others().add(name);
        }
    }

    private byte[] bytes(String name, InputStream content, int largest) throws IOException {
        byte[] bytes = content.readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw Faults.of(
                    archive,
                    Fault.LIMIT_EXCEEDED,
                    "holds " + name + ", which is larger than " + (largest >> 20) + " MiB");
        }
        return bytes;
    }

    TreeWalk.Listing listing() {
        return listing;
    }

    CmdReader.Result commands() {
        return new CmdReader.Result(commands, illegible);
    }

    /** Returns the source's files, if the build was made in its source. */
    SourceFiles source(Optional<KernelVersion> built) {
        Optional<String> makefile = text("Makefile");
        Optional<KernelVersion> version = makefile.flatMap(VersionFiles::sourceVersion);
        if (version.isEmpty()) {
            return SourceFiles.unknown("the source that this kernel was built from is not in " + archive + ".");
        }
        return SourceFinder.isOther(built, version.get())
                ? SourceFiles.unknown(archive + " holds the source of " + version.get() + ", but another build.")
                : new SourceFiles(Optional.empty(), NameSet.of(listing.others()), makefile, "");
    }

    @Override
    public Path place() {
        return archive;
    }

    @Override
    public Optional<byte[]> bytes(String path) {
        return Optional.ofNullable(fixed.get(path)).map(byte[]::clone);
    }

    @Override
    public boolean exists(String path) {
        return names.contains(path) || names.stream().anyMatch(name -> name.startsWith(path + "/"));
    }
}
