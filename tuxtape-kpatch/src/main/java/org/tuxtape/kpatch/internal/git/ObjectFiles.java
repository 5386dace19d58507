package org.tuxtape.kpatch.internal.git;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.kpatch.internal.git.GitObject.Type;

/** The objects of one directory {@code objects}: packs, and files of one object each. */
final class ObjectFiles implements Closeable {
    private static final int LONGEST_HEADER = 32;
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

    private final Path directory;
    private final Map<Path, Pack> packs = new LinkedHashMap<>();

    ObjectFiles(Path directory) {
        this.directory = directory;
    }

    Optional<GitObject> find(ObjectName id, int largest, CancellationToken cancellation) throws IOException {
        for (Pack pack : packs.values()) {
            Optional<GitObject> object = pack.find(id, largest, cancellation);
            if (object.isPresent()) {
                return object;
            }
        }
        return loose(id, largest, cancellation);
    }

    void complete(Abbreviation abbreviation, Set<ObjectName> found, int wanted) throws IOException {
        for (Pack pack : packs.values()) {
            pack.complete(abbreviation, found, wanted);
        }
        String digits = abbreviation.digits();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory.resolve(digits.substring(0, 2)), file -> isLoose(file, digits.substring(2)))) {
            for (Path file : files) {
                if (found.size() < wanted) {
                    found.add(ObjectName.parse(digits.substring(0, 2) + file.getFileName()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // no loose object begins so
        }
    }

    private static boolean isLoose(Path file, String beginning) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(beginning) && name.matches("[0-9a-f]{38}");
    }

    /** Opens the packs that are there and were not before; tells whether there were any. */
    boolean openNewPacks() throws IOException {
        boolean opened = false;
        try (DirectoryStream<Path> indexes = Files.newDirectoryStream(directory.resolve("pack"), "pack-*.idx")) {
            for (Path path : indexes) {
                if (!packs.containsKey(path)) {
                    packs.put(path, new Pack(path));
                    opened = true;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return opened; // every object is loose, or a pack was replaced meanwhile
        }
        return opened;
    }

    private Optional<GitObject> loose(ObjectName id, int largest, CancellationToken cancellation) throws IOException {
        String digits = id.toString();
        Path path = directory.resolve(digits.substring(0, 2)).resolve(digits.substring(2));
        try (FileChannel file = FileChannel.open(path);
                Inflation inflation = new Inflation(file, 0, digits, cancellation)) {
            return Optional.of(loose(digits, inflation, largest));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static GitObject loose(String id, Inflation inflation, int largest) throws IOException {
        byte[] header = new byte[LONGEST_HEADER];
        byte[] one = new byte[1];
        int length = 0;
        while (length < header.length && inflation.read(one) == 1 && one[0] != 0) {
            header[length++] = one[0];
        }
        String[] words = new String(header, 0, length, StandardCharsets.ISO_8859_1).split(" ", -1);
        if (words.length != 2 || !SIZE.matcher(words[1]).matches()) {
            throw new CorruptObjectException("an object without a header: " + id);
        }
        long size = Long.parseLong(words[1]);
        if (size > largest) {
            throw new LargeObjectException(id, size, largest);
        }
        return new GitObject(Type.named(words[0]), inflation.readAll((int) size));
    }

    @Override
    public void close() throws IOException {
        for (Pack pack : packs.values()) {
            pack.close();
        }
    }
}
