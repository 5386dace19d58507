package org.tuxtape.git;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.tuxtape.core.CancellationToken;

/**
 * An object in a file of its own, where before its content stand its type and its size, all of it deflated. JGit's own
 * reader of it may load a class that reads the user's configuration.
 */
final class LooseObject implements Closeable {
    private static final int LONGEST_HEADER = 32;
    private static final Pattern HEADER = Pattern.compile("(commit|tree|blob|tag) (\\d{1,18})");
    private static final Map<String, Integer> TYPES = Map.of(
            Constants.TYPE_COMMIT, Constants.OBJ_COMMIT,
            Constants.TYPE_TREE, Constants.OBJ_TREE,
            Constants.TYPE_BLOB, Constants.OBJ_BLOB,
            Constants.TYPE_TAG, Constants.OBJ_TAG);

    private final InputStream content;
    private final int type;
    private final long size;

    private LooseObject(InputStream content, int type, long size) {
        this.content = content;
        this.type = type;
        this.size = size;
    }

    /** Opens an object of a directory, if it is there. */
    static Optional<LooseObject> find(Path directory, AnyObjectId id, CancellationToken cancellation)
            throws IOException {
        String name = id.name();
        InputStream stored;
        try {
            stored =
                    Files.newInputStream(directory.resolve(name.substring(0, 2)).resolve(name.substring(2)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        InputStream in = new InflaterInputStream(new Cancellable(stored, cancellation));
        try {
            return Optional.of(begin(in));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static LooseObject begin(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int octet = in.read(); octet > 0 && text.length() < LONGEST_HEADER; octet = in.read()) {
            text.append((char) octet);
        }
        Matcher header = HEADER.matcher(text);
        if (!header.matches()) {
            throw new DamagedRepositoryException("a file that is no object among its objects");
        }
        return new LooseObject(
                in, TYPES.getOrDefault(header.group(1), Constants.OBJ_BAD), Long.parseLong(header.group(2)));
    }

    int type() {
        return type;
    }

    /** How many bytes it says it has. */
    long size() {
        return size;
    }

    byte[] beginning(int most) throws IOException {
        return content.readNBytes(most);
    }

    /** All of it, which whoever asks has looked at the size of. */
    byte[] whole() throws IOException {
        byte[] bytes = content.readNBytes((int) size);
        if (bytes.length < size || content.read() >= 0) {
            throw new DamagedRepositoryException("an object that has another size than it says");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    /** What is stored may be long and yet expand to nothing. */
    private static final class Cancellable extends FilterInputStream {
        private final CancellationToken cancellation;

        Cancellable(InputStream in, CancellationToken cancellation) {
            super(in);
            this.cancellation = cancellation;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            cancellation.throwIfCancelled();
            return in.read(target, offset, length);
        }
    }
}
