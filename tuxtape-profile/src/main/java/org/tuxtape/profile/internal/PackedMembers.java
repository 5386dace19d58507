package org.tuxtape.profile.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** Walks through the regular files of an archive, in its order. Links are passed over: nothing is ever followed. */
final class PackedMembers {
    private static final int MOST_MEMBERS = 4_000_000;
    private static final long MOST_BYTES = 1L << 37;
    private static final int PROGRESS = 512;

    private final Path archive;
    private final Task task;
    private long members;
    private long expanded;
    /** How many of the last bytes were zero: a tar ends in zeros. */
    private long zeros;

    private PackedMembers(Path archive, Task task) {
        this.archive = archive;
        this.task = task;
    }

    /** Takes a member. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes a member.
         *
         * @param name its path, without {@code ./} at the beginning
         * @param content its bytes; need not be read
         */
        void visit(String name, InputStream content) throws IOException;
    }

    static void visit(Path archive, Task task, Visitor visitor) throws IOException {
        PackedMembers members = new PackedMembers(archive, task);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            in.mark(4);
            byte[] start = in.readNBytes(4);
            in.reset();
            boolean zip = start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
            if (zip) {
                members.visitZip(new ZipInputStream(in), visitor);
            } else {
                members.visitTar(in, visitor);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("a name is damaged", e); // ZipInputStream's way to say it
        }
    }

    private void visitZip(ZipInputStream zip, Visitor visitor) throws IOException {
        InputStream counted = new Counted(zip);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            count();
            if (!entry.isDirectory()) {
                visitor.visit(name(entry.getName()), counted);
            }
            counted.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void visitTar(InputStream in, Visitor visitor) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(new Counted(Expansion.of(in)), 1 << 16);
        bytes.mark(TarConstants.DEFAULT_RCDSIZE);
        byte[] start = bytes.readNBytes(TarConstants.DEFAULT_RCDSIZE);
        bytes.reset();
        if (start.length < TarConstants.DEFAULT_RCDSIZE || !isHeader(start)) {
            throw Faults.of(archive, Fault.WRONG_KIND, "is neither a directory nor an archive");
        }
        TarArchiveInputStream tar = new TarArchiveInputStream(bytes, "UTF-8");
        for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
            count();
            if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse()) {
                visitor.visit(name(entry.getName()), tar);
            }
        }
        bytes.transferTo(OutputStream.nullOutputStream());
        if (zeros < TarConstants.DEFAULT_RCDSIZE) {
            throw new EOFException("the end of the archive is missing");
        }
    }

    private static boolean isHeader(byte[] start) {
        try {
            return TarUtils.verifyCheckSum(start);
        } catch (IllegalArgumentException e) {
            return false; // what stands in its place is not even a number
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            // Damaged headers come out of commons-compress in many ways.
            throw new IOException("a header is damaged", e);
        }
    }

    private static String name(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private void count() {
        if (++members > MOST_MEMBERS) {
            throw Faults.of(archive, Fault.LIMIT_EXCEEDED, "holds more than " + MOST_MEMBERS + " files");
        }
        if (members % PROGRESS == 0) {
            task.throwIfCancelled();
            task.advance(members);
        }
    }

    /** Counts what comes out of the decompressor, and stops it in the middle of a large member. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            add(octet < 0 ? 0 : 1);
            zeros = octet == 0 ? zeros + 1 : octet < 0 ? zeros : 0;
            return octet;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            add(read);
            int end = from + Math.max(read, 0);
            int last = end;
            while (last > from && bytes[last - 1] == 0) {
                last--;
            }
            zeros = last == from ? zeros + end - from : end - last;
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, 1 << 20));
            add(skipped);
            zeros = skipped > 0 ? 0 : zeros;
            return skipped;
        }

        private void add(long read) {
            expanded += Math.max(read, 0);
            if (expanded > MOST_BYTES) {
                throw Faults.of(archive, Fault.LIMIT_EXCEEDED, "is larger than 128 GiB when it is expanded");
            }
            task.throwIfCancelled();
        }
    }
}
