package org.tuxtape.core.cve;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;

/** Reads the elements of a catalog as {@link SnapshotWriter} writes them. What no writer writes is malformed. */
final class SnapshotReader {
    private static final long LARGEST = 1L << 30;
    private static final int MOST_BITS = 35;

    private final InputStream in;
    private final List<Object> pool = new ArrayList<>();
    private long left = LARGEST;

    SnapshotReader(InputStream in) {
        this.in = in;
    }

    /** The bytes cannot have been written by a writer. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** Reads one value. */
    @FunctionalInterface
    private interface Part<T> {
        T read() throws IOException;
    }

    CveCatalog read() throws IOException {
        CveCatalog.Fold fold = new CveCatalog.Fold();
        int events = number();
        for (int i = 0; i < events; i++) {
            fold.add(event());
        }
        list(this::fault).forEach(fold::add);
        return new CveCatalog(fold);
    }

    private SourceException fault() throws IOException {
        SourceId source = new SourceId(shared());
        SourceException.Fault fault = constant(SourceException.Fault.class);
        return new SourceException(source, fault, text());
    }

    private CveEvent event() throws IOException {
        int kind = number();
        Origin origin = origin();
        Cursor cursor = new Cursor(text());
        return switch (kind) {
            case SnapshotWriter.PUBLISHED ->
                new CveEvent.Published(origin, cursor, cve(), list(() -> new Remark(shared(), excerpt())));
            case SnapshotWriter.REJECTED -> new CveEvent.Rejected(origin, cursor, id(), text(), optional(this::text));
            case SnapshotWriter.UNREADABLE ->
                new CveEvent.Unreadable(origin, cursor, optional(this::id), text(), optional(this::excerpt));
            default -> throw new Malformed("an element is of no kind");
        };
    }

    private Origin origin() throws IOException {
        return new Origin(
                new SourceId(shared()),
                constant(Origin.Kind.class),
                text(),
                optional(this::text),
                optional(this::instant),
                authenticity());
    }

    private Authenticity authenticity() throws IOException {
        return switch (number()) {
            case 0 -> Authenticity.UNCHECKED;
            case 1 -> Authenticity.UNSIGNED;
            case 2 -> new Authenticity.Valid(shared());
            case 3 -> new Authenticity.Invalid(shared());
            case 4 -> new Authenticity.KeyUnknown(shared());
            default -> throw new Malformed("an authenticity is of no kind");
        };
    }

    private Cve cve() throws IOException {
        return new Cve(
                id(),
                text(),
                text(),
                list(this::range),
                list(() -> pooled(SourcePath.class, SourcePath::parse)),
                optional(this::cvss),
                list(this::text),
                list(() -> new RangeClaim(shared(), list(this::range))),
                optional(this::ssvc),
                list(this::text));
    }

    private Cvss cvss() throws IOException {
        CvssVector vector = new CvssVector(shared());
        double score = Double.longBitsToDouble(longNumber());
        return new Cvss(vector, score < 0 ? OptionalDouble.empty() : OptionalDouble.of(score), text());
    }

    private Ssvc ssvc() throws IOException {
        return new Ssvc(
                constant(Ssvc.Exploitation.class),
                number() == 1,
                constant(Ssvc.TechnicalImpact.class),
                shared(),
                optional(this::instant));
    }

    private CveId id() throws IOException {
        return new CveId(number(), longNumber());
    }

    private AffectedRange range() throws IOException {
        return new AffectedRange(optional(this::change), optional(this::change));
    }

    private Change change() throws IOException {
        return new Change(
                optional(() -> pooled(KernelVersion.class, KernelVersion::parse)),
                optional(() -> pooled(CommitId.class, CommitId::parse)));
    }

    private String shared() throws IOException {
        return pooled(String.class, text -> text);
    }

    private <T> T pooled(Class<T> type, Function<String, T> parse) throws IOException {
        int number = number();
        if (number > pool.size()) {
            throw new Malformed("a value is named before it is written");
        }
        if (number == pool.size()) {
            pool.add(parse.apply(text()));
        }
        Object value = pool.get(number);
        if (!type.isInstance(value)) {
            throw new Malformed("a value is of another kind");
        }
        return type.cast(value);
    }

    private Excerpt excerpt() throws IOException {
        return new Excerpt(number(), text());
    }

    private Instant instant() throws IOException {
        long second = longNumber();
        byte[] nano = bytes(Integer.BYTES);
        int value = 0;
        for (byte b : nano) {
            value = (value << 8) | (b & 0xff);
        }
        if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
            throw new Malformed("a time is none");
        }
        return Instant.ofEpochSecond(second, value);
    }

    private <T> Optional<T> optional(Part<T> part) throws IOException {
        return number() == 0 ? Optional.empty() : Optional.of(part.read());
    }

    private <T> List<T> list(Part<T> part) throws IOException {
        int size = number();
        List<T> values = new ArrayList<>(Math.min(size, 64)); // a damaged size takes no memory
        for (int i = 0; i < size; i++) {
            values.add(part.read());
        }
        return values;
    }

    private <E extends Enum<E>> E constant(Class<E> type) throws IOException {
        return Enum.valueOf(type, shared());
    }

    private String text() throws IOException {
        return new String(bytes(number()), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws IOException {
        count(length);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private long longNumber() throws IOException {
        long value = 0;
        for (byte b : bytes(Long.BYTES)) {
            value = (value << 8) | (b & 0xff);
        }
        return value;
    }

    private int number() throws IOException {
        int value = 0;
        for (int shift = 0; shift < MOST_BITS; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                count(1);
                if (value < 0) {
                    throw new Malformed("a number is below zero");
                }
                return value;
            }
        }
        throw new Malformed("a number has no end");
    }

    private void count(int read) throws Malformed {
        left -= read;
        if (left < 0) {
            throw new Malformed("it is too large");
        }
    }
}
