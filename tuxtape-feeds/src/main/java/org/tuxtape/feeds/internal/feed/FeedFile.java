package org.tuxtape.feeds.internal.feed;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.core.cve.SourceId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file that is read in one go: plain or with gzip, and bounded. */
public final class FeedFile {
    /** The largest feed, all CVEs' EPSS scores, has some 12 MB. */
    private static final long LARGEST = 256L << 20;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int DEEPEST = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    private final Path path;
    private final SourceId id;

    private FeedFile(Path path) {
        this.path = path;
        id = new SourceId(path.toAbsolutePath().normalize().toString());
    }

    public static FeedFile of(Path path) {
        return new FeedFile(path);
    }

    /** Takes the expanded bytes apart. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(InputStream in) throws IOException;
    }

    /** Reads the file, and says in one sentence what is wrong with it. */
    public <T> T read(Reading<T> reading) {
        try (InputStream stored = new BufferedInputStream(Files.newInputStream(path))) {
            stored.mark(2);
            int magic = stored.read() << 8 | stored.read();
            stored.reset();
            InputStream expanded = magic == GZIP_MAGIC ? new GZIPInputStream(stored) : stored;
            return reading.read(new BufferedInputStream(new Bounded(expanded)));
        } catch (NoSuchFileException e) {
            throw new SourceException(id, Fault.MISSING, "There is no file " + id + ".", e);
        } catch (AccessDeniedException e) {
            throw new SourceException(id, Fault.NOT_PERMITTED, "This process may not read " + id + ".", e);
        } catch (EOFException e) {
            throw new SourceException(id, Fault.TRUNCATED, id + " ends too early.", e);
        } catch (ZipException e) {
            throw new SourceException(id, Fault.CORRUPT, id + " is damaged: its gzip data contradicts itself.", e);
        } catch (TooLarge e) {
            throw new SourceException(id, Fault.LIMIT_EXCEEDED, id + " has more than " + LARGEST + " bytes.", e);
        } catch (IOException e) {
            String reason =
                    Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
            throw new SourceException(id, Fault.IO, "Reading " + id + " failed: " + reason + ".", e);
        }
    }

    /** Reads the file as one value of JSON. */
    public <T> T readJson(Function<JsonNode, T> reading) {
        return read(in -> {
            try {
                return reading.apply(MAPPER.readTree(in));
            } catch (JacksonIOException e) {
                throw e.getCause();
            } catch (JacksonException e) {
                throw fault(Fault.CORRUPT, "is no well-formed JSON");
            }
        });
    }

    /** A fault of the content; the message goes on after the file's name. */
    public SourceException fault(Fault fault, String message) {
        return new SourceException(id, fault, id + " " + message + ".");
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Bounded extends FilterInputStream {
        private long left = LARGEST;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            return value < 0 ? value : count(1) > 0 ? value : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return count(super.read(target, offset, length));
        }

        private int count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new TooLarge();
            }
            return read;
        }
    }
}
