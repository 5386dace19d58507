package org.tuxtape.mail.internal.publicinbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsOutputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsPackDescription;
import org.eclipse.jgit.internal.storage.dfs.DfsReaderOptions;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;
import org.eclipse.jgit.internal.storage.pack.PackExt;

/**
 * The packs of a directory, as a storage of our own for JGit. With its own one for files, opening a repository reads the
 * configuration of the user and of the system, starts the first {@code git} of the PATH to find the latter, and writes
 * files to measure the clock.
 */
final class Packs extends DfsObjDatabase {
    private final Path directory;

    Packs(Path directory, int largest) {
        // A database has a repository, of which only the configuration is asked for; this one's is empty.
        super(
                new InMemoryRepository(new DfsRepositoryDescription(directory.toString())),
                new DfsReaderOptions().setStreamFileThreshold(largest));
        this.directory = directory;
    }

    /** Looks at the directory anew when something is asked for next. */
    void refresh() {
        clearCache();
    }

    @Override
    protected List<DfsPackDescription> listPacks() throws IOException {
        List<DfsPackDescription> packs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.idx")) {
            for (Path index : files) {
                String name = String.valueOf(index.getFileName());
                Path pack = index.resolveSibling(name.substring(0, name.length() - ".idx".length()) + ".pack");
                if (Files.exists(pack)) {
                    packs.add(describe(index, pack));
                }
            }
        } catch (NoSuchFileException e) {
            return packs; // every object is loose, or a pack was replaced meanwhile
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return packs;
    }

    /** JGit keeps what it read of a pack under its description, so one that was written anew needs another. */
    private static DfsPackDescription describe(Path index, Path pack) throws IOException {
        String version = index.getParent() + " " + version(index) + " " + version(pack);
        String name = String.valueOf(pack.getFileName());
        DfsPackDescription description = new DfsPackDescription(
                new DfsRepositoryDescription(version),
                name.substring(0, name.length() - ".pack".length()),
                PackSource.GC);
        description.addFileExt(PackExt.PACK);
        description.addFileExt(PackExt.INDEX);
        description.setFileSize(PackExt.PACK, Files.size(pack));
        description.setFileSize(PackExt.INDEX, Files.size(index));
        return description;
    }

    private static String version(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    }

    @Override
    protected ReadableChannel openFile(DfsPackDescription pack, PackExt extension) throws IOException {
        return new PackChannel(FileChannel.open(directory.resolve(pack.getFileName(extension))));
    }

    /** Returns that it is not known: nobody asks who reads. */
    @Override
    public long getApproximateObjectCount() {
        return -1;
    }

    @Override
    protected DfsPackDescription newPack(PackSource source) {
        throw readOnly();
    }

    @Override
    protected void commitPackImpl(Collection<DfsPackDescription> packs, Collection<DfsPackDescription> replaced) {
        throw readOnly();
    }

    @Override
    protected void rollbackPack(Collection<DfsPackDescription> packs) {
        throw readOnly();
    }

    @Override
    protected DfsOutputStream writeFile(DfsPackDescription pack, PackExt extension) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("Packs are only read.");
    }

    private record PackChannel(FileChannel file) implements ReadableChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public void position(long position) throws IOException {
            file.position(position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int blockSize() {
            return 0;
        }

        @Override
        public void setReadAheadBytes(int size) {
            // The system does it.
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
