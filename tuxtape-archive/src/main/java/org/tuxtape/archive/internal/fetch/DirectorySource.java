package org.tuxtape.archive.internal.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;

/**
 * A directory. Only regular files are read: a pipe would never end, and a device may be anything.
 *
 * @param directory the archive's directory
 */
public record DirectorySource(Path directory) implements Source {

    @Override
    public Optional<byte[]> read(String path, int most, Context context) {
        context.cancellation().throwIfCancelled();
        if (!Files.isDirectory(directory)) {
            throw new ArchiveException(
                    Fault.UNREACHABLE, directory.toString(), "There is no archive at " + directory + ".");
        }
        Path file = directory.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        // Not by a channel: one would be closed under a thread that is interrupted.
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw Refusals.tooLong(name(path), most);
            }
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Refusals.unreachable(name(path), e);
        }
    }

    @Override
    public String name(String path) {
        return directory.resolve(path).toString();
    }
}
