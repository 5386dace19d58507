package org.tuxtape.livepatch.sysfs.trial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.livepatch.sysfs.trial.StateText.Marker;
import org.tuxtape.livepatch.sysfs.trial.StoreException.Fault;

/**
 * The files of a store: a directory for each patch, named by its digest, with the module, its manifest and its state. It
 * comes into being under another name and is there at once and whole, as every new state is.
 */
final class PatchFiles {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String MANIFEST = "manifest";
    private static final String STATE = "state";
    private static final String UNFINISHED = ".unfinished";
    private static final int LARGEST_TEXT = 8 << 20;

    private final Path patches;
    private final String bootId;
    private final Disk disk;

    PatchFiles(Path patches, String bootId, Disk disk) {
        this.patches = patches;
        this.bootId = bootId;
        this.disk = disk;
    }

    List<String> digests() {
        try {
            return entries(patches).stream()
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> DIGEST.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw failed(patches, "read", e);
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        return entries;
    }

    boolean has(String digest) {
        return Files.exists(patches.resolve(digest), LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads a patch as it stands in this boot: a marker of an earlier one says that the machine went down. */
    StoredPatch read(String digest) {
        Path directory = patches.resolve(digest);
        Ownership.require(directory);
        Manifest manifest = parsed(directory.resolve(MANIFEST), Manifest::parse);
        if (!manifest.sha256().equals(digest)) {
            Path file = directory.resolve(MANIFEST);
            throw new StoreException(Fault.DAMAGED, file, file + " is the manifest of another patch.");
        }
        StateText text = parsed(directory.resolve(STATE), content -> StateText.read(content, manifest));
        StateText now =
                text.marker().isPresent() && !text.marker().get().bootId().equals(bootId)
                        ? afterTheMachineWentDown(text, text.marker().get())
                        : text;
        return new StoredPatch(
                manifest,
                module(directory, manifest),
                now.state(),
                now.since(),
                now.by(),
                now.why(),
                now.marker().isPresent());
    }

    private static StateText afterTheMachineWentDown(StateText text, Marker marker) {
        if (text.state() == PatchState.TURNED_DOWN) {
            return new StateText(text.state(), Optional.empty(), text.since(), text.by(), text.why());
        }
        String when = text.state() == PatchState.ACCEPTED
                ? "The machine went down soon after it was loaded at boot."
                : "The machine went down while it was on trial.";
        return new StateText(PatchState.TURNED_DOWN, Optional.empty(), marker.since(), "the load marker", when);
    }

    /** Says that the copy of the module is still what it was. */
    void verify(StoredPatch patch) {
        content(patch.module());
    }

    void add(LivepatchModule module, StateText state) {
        Path unfinished = patches.resolve(UNFINISHED);
        Path directory = patches.resolve(module.manifest().sha256());
        try {
            removeDirectory(unfinished);
            disk.createDirectory(unfinished);
            disk.write(module(unfinished, module.manifest()), new ByteArrayInputStream(content(module)));
            write(unfinished.resolve(MANIFEST), module.manifest().toText());
            write(unfinished.resolve(STATE), state.write(module.manifest()));
            disk.sync(unfinished);
            disk.rename(unfinished, directory);
            disk.sync(patches);
        } catch (IOException e) {
            throw failed(directory, "written", e);
        }
    }

    /** Reads a module that is what its manifest says. A pipe would never end, and a device might not. */
    private static byte[] content(LivepatchModule module) {
        Path file = module.file();
        byte[] bytes;
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                throw new StoreException(Fault.OTHER_CONTENT, file, file + " is not a regular file.");
            }
            try (InputStream content = content(file)) {
                bytes = content.readNBytes(ModuleFile.LARGEST + 1);
            }
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
        if (bytes.length > ModuleFile.LARGEST) {
            throw new StoreException(
                    Fault.OTHER_CONTENT, file, file + " is longer than " + (ModuleFile.LARGEST >> 20) + " MiB.");
        }
        requireContent(file, module.manifest(), sha256().digest(bytes));
        return bytes;
    }

    void put(StoredPatch patch, StateText state) {
        Path directory = patches.resolve(patch.manifest().sha256());
        Path unfinished = directory.resolve(UNFINISHED);
        Path file = directory.resolve(STATE);
        try {
            write(unfinished, state.write(patch.manifest()));
            disk.rename(unfinished, file);
            disk.sync(directory);
        } catch (IOException e) {
            throw failed(file, "written", e);
        }
    }

    void remove(StoredPatch patch) {
        Path directory = patches.resolve(patch.manifest().sha256());
        Path unfinished = patches.resolve(UNFINISHED);
        try {
            removeDirectory(unfinished);
            disk.rename(directory, unfinished);
            disk.sync(patches);
            removeDirectory(unfinished);
        } catch (IOException e) {
            throw failed(directory, "removed", e);
        }
    }

    private void removeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            disk.delete(directory);
            return;
        }
        for (Path file : entries(directory)) {
            disk.delete(file);
        }
        disk.delete(directory);
    }

    private void write(Path file, String text) throws IOException {
        disk.write(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Path module(Path directory, Manifest manifest) {
        return directory.resolve(manifest.name() + ".ko");
    }

    /** A stream of this kind is not closed by an interrupt. */
    private static InputStream content(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    private interface Parser<T> {
        T parse(String text);
    }

    private static <T> T parsed(Path file, Parser<T> parser) {
        try (InputStream content = content(file)) {
            byte[] bytes = content.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw new StoreException(Fault.DAMAGED, file, file + " is too long.");
            }
            return parser.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (StateText.NewerFormat e) {
            throw new StoreException(Fault.NEWER_FORMAT, file, file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException | DateTimeException | CharacterCodingException e) {
            throw new StoreException(Fault.DAMAGED, file, file + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw failed(file, "read", e);
        }
    }

    private static void requireContent(Path file, Manifest manifest, byte[] digest) {
        String found = HexFormat.of().formatHex(digest);
        if (!found.equals(manifest.sha256())) {
            throw new StoreException(
                    Fault.OTHER_CONTENT, file, file + " has the SHA-256 " + found + ", not that of its manifest.");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256.", e);
        }
    }

    static StoreException failed(Path file, String verb, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new StoreException(Fault.NOT_PERMITTED, file, file + " may not be " + verb + ".", e);
        }
        if (e instanceof NoSuchFileException) {
            return new StoreException(Fault.MISSING, file, file + " is not there.", e);
        }
        return new StoreException(Fault.IO, file, file + " cannot be " + verb + ": " + e + ".", e);
    }
}
