package org.tuxtape.kpatch.internal.git;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.kpatch.internal.git.GitObject.Type;

/**
 * A pack with its index: many objects in one file, most of them as a {@link Delta} to another.
 *
 * @see <a href="https://git-scm.com/docs/gitformat-pack">gitformat-pack, pack-*.pack files</a>
 */
final class Pack implements Closeable {
    /** Git itself goes no deeper than 4095. */
    private static final int DEEPEST = 4096;

    private static final int OFFSET_DELTA = 6;
    private static final int NAME_DELTA = 7;
    /** Type, size and the base of a delta. */
    private static final int LONGEST_HEADER = 64;

    private final String name;
    private final FileChannel indexFile;
    private final FileChannel file;
    private final PackIndex index;

    Pack(Path indexPath) throws IOException {
        String text = String.valueOf(indexPath.getFileName());
        name = text.substring(0, text.length() - ".idx".length()) + ".pack";
        indexFile = FileChannel.open(indexPath);
        try {
            index = new PackIndex(indexFile, text);
            file = FileChannel.open(indexPath.resolveSibling(name));
        } catch (IOException e) {
            indexFile.close();
            throw e;
        }
    }

    Optional<GitObject> find(ObjectName id, int largest, CancellationToken cancellation) throws IOException {
        OptionalLong offset = index.find(id);
        return offset.isPresent()
                ? Optional.of(new Reading(id, largest, cancellation).at(offset.getAsLong()))
                : Optional.empty();
    }

    void complete(Abbreviation abbreviation, Set<ObjectName> found, int wanted) throws IOException {
        index.complete(abbreviation, found, wanted);
    }

    @Override
    public void close() throws IOException {
        indexFile.close();
        file.close();
    }

    /** Reads one object, from its last delta down to the whole object at the bottom, and up again. */
    private final class Reading {
        private final ObjectName id;
        private final int largest;
        private final CancellationToken cancellation;
        private final Deque<byte[]> deltas = new ArrayDeque<>();
        private long deltaBytes;

        Reading(ObjectName id, int largest, CancellationToken cancellation) {
            this.id = id;
            this.largest = largest;
            this.cancellation = cancellation;
        }

        GitObject at(long offset) throws IOException {
            long place = offset;
            while (true) {
                cancellation.throwIfCancelled();
                Entry entry = new Entry(place);
                if (entry.type != OFFSET_DELTA && entry.type != NAME_DELTA) {
                    return built(Type.numbered(entry.type), content(entry));
                }
                long base = entry.base();
                deltas.push(content(entry));
                deltaBytes += entry.size;
                if (deltas.size() > DEEPEST) {
                    throw new CorruptObjectException("an endless chain of deltas in " + name);
                }
                if (deltaBytes > largest) {
                    throw new LargeObjectException(id.toString(), deltaBytes, largest);
                }
                place = base;
            }
        }

        private byte[] content(Entry entry) throws IOException {
            if (entry.size > largest) {
                throw new LargeObjectException(id.toString(), entry.size, largest);
            }
            try (Inflation content = new Inflation(file, entry.place(), name, cancellation)) {
                return content.readAll((int) entry.size);
            }
        }

        private GitObject built(Type type, byte[] bottom) throws IOException {
            byte[] content = bottom;
            while (!deltas.isEmpty()) {
                cancellation.throwIfCancelled();
                content = Delta.apply(content, deltas.pop(), largest, id.toString());
            }
            return new GitObject(type, content);
        }
    }

    /** What stands before the bytes of an object. */
    private final class Entry {
        private final long offset;
        private final ByteBuffer header = ByteBuffer.allocate(LONGEST_HEADER);
        private final int type;
        private final long size;

        Entry(long offset) throws IOException {
            this.offset = offset;
            if (offset < 0 || file.read(header, offset) < 2) {
                throw damaged();
            }
            header.flip();
            int octet = next();
            type = octet >> 4 & 7;
            long length = octet & 0xf;
            for (int shift = 4; (octet & 0x80) != 0; shift += 7) {
                octet = next();
                length |= (long) (octet & 0x7f) << shift;
                if (shift > Integer.SIZE) {
                    throw damaged();
                }
            }
            size = length;
        }

        /** Reads where the base of a delta is. */
        long base() throws IOException {
            if (type == NAME_DELTA) {
                if (header.remaining() < ObjectName.LENGTH) {
                    throw damaged();
                }
                byte[] bytes = new byte[ObjectName.LENGTH];
                header.get(bytes);
                return index.find(new ObjectName(bytes)).orElseThrow(this::damaged);
            }
            int octet = next();
            long distance = octet & 0x7f;
            while ((octet & 0x80) != 0) {
                octet = next();
                distance = distance + 1 << 7 | octet & 0x7f;
            }
            if (distance <= 0 || distance > offset) {
                throw damaged();
            }
            return offset - distance;
        }

        long place() {
            return offset + header.position();
        }

        private int next() throws IOException {
            if (!header.hasRemaining()) {
                throw damaged();
            }
            return header.get() & 0xff;
        }

        private CorruptObjectException damaged() {
            return new CorruptObjectException("an object that is damaged in " + name);
        }
    }
}
