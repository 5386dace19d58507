package org.tuxtape.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
import org.tuxtape.core.CancellationToken;

/**
 * The packs of a directory, for JGit to read.
 *
 * <p>They are handed to it as those of a storage of ours. With its own one for files, the first look into a pack reads the
 * user's configuration and the system's, and to find the latter it starts the first {@code git} of the PATH, whichever
 * file system a repository was given; and to learn how exact its time stamps are it writes files beside the packs.
 */
final class Packs extends DfsObjDatabase {
    private static final int MAGIC = 0xff744f63;
    private static final int VERSION_LENGTH = 8;
    private static final int BUCKETS = 256;
    /** An id, and with it a place of four bytes; newer indexes have a checksum of four bytes, too. */
    private static final int SHORTEST_ENTRY = 24;

    private final Path directory;
    private final CancellationToken cancellation;

    /**
     * Takes a directory.
     *
     * @param largest the bytes above which an object is not taken into memory as a whole
     */
    Packs(Path directory, int largest, CancellationToken cancellation) {
        // A database has a repository, of which only the configuration is asked for; this one's is empty.
        super(
                new InMemoryRepository(new DfsRepositoryDescription(directory.toString())),
                new DfsReaderOptions().setStreamFileThreshold(largest));
        this.directory = directory;
        this.cancellation = cancellation;
    }

    /** Lists the packs anew; returns whether they are others than before. */
    boolean refresh() throws IOException {
        List<DfsPackDescription> before = new ArrayList<>();
        for (var pack : getPacks()) {
            before.add(pack.getPackDescription());
        }
        List<DfsPackDescription> now = listPacks();
        if (now.size() == before.size() && before.containsAll(now)) {
            return false;
        }
        clearCache();
        return true;
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
        } catch (NoSuchFileException | NotDirectoryException e) {
            return packs; // every object is loose, or a pack was replaced meanwhile
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return packs;
    }

    /** JGit caches by description, so that one that was written anew under its old name needs another. */
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
        FileChannel file = FileChannel.open(directory.resolve(pack.getFileName(extension)));
        try {
            if (extension == PackExt.INDEX) {
                checkIndex(file, pack);
            }
            return new PackChannel(file, cancellation);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** JGit takes memory for as many entries as an index says that it has, so ask for those that can be. */
    private static void checkIndex(FileChannel file, DfsPackDescription pack) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(VERSION_LENGTH + BUCKETS * Integer.BYTES);
        int count;
        do {
            count = file.read(start, start.position());
        } while (count > 0 && start.hasRemaining());
        if (start.flip().limit() < start.capacity()) {
            throw new DamagedRepositoryException("an index of " + pack + " that is cut off");
        }
        start.position(start.getInt(0) == MAGIC ? VERSION_LENGTH : 0);
        long most = file.size() / SHORTEST_ENTRY;
        long entries = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            long end = Integer.toUnsignedLong(start.getInt());
            if (end < entries || end > most) {
                throw new DamagedRepositoryException("an index of " + pack + " that is damaged");
            }
            entries = end;
        }
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

    /** A file of a pack, read as long as somebody wants it. */
    private record PackChannel(FileChannel file, CancellationToken cancellation) implements ReadableChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            cancellation.throwIfCancelled();
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
