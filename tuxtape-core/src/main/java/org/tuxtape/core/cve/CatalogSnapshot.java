package org.tuxtape.core.cve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.tuxtape.core.cve.SourceException.Fault;

/**
 * A catalog as bytes, with the whole history: to start again without reading every archive.
 *
 * <p>The form is our own: eight bytes with its version, then, deflated, all elements and behind them a CRC-32C. A snapshot
 * of another version is refused, not guessed at; what it was made of can be read again.
 *
 * @since 0.1
 */
public final class CatalogSnapshot {
    /** The last digit is the version of the form. */
    private static final byte[] MAGIC = "TUXTCAT1".getBytes(StandardCharsets.US_ASCII);

    private static final int BUFFER = 1 << 16;

    private CatalogSnapshot() {}

    /**
     * Writes a catalog.
     *
     * @param catalog the catalog
     * @param out where to; flushed, and left open
     * @throws IOException if writing fails
     */
    public static void write(CveCatalog catalog, OutputStream out) throws IOException {
        out.write(MAGIC);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, BUFFER);
            CheckedOutputStream checked = new CheckedOutputStream(deflated, new CRC32C());
            BufferedOutputStream buffered = new BufferedOutputStream(checked, BUFFER);
            DataOutputStream data = new DataOutputStream(buffered);
            new SnapshotWriter(data).write(catalog);
            data.flush();
            data.writeInt((int) checked.getChecksum().getValue());
            data.flush();
            deflated.finish();
        } finally {
            deflater.end();
        }
        out.flush();
    }

    /**
     * Reads a catalog back.
     *
     * @param name what to call the snapshot where it cannot be read
     * @param in where from; read to the end of the snapshot or beyond it, and left open
     * @return a catalog that answers as the one that was written
     * @throws SourceException if it is no snapshot, one of another version, cut off, damaged, or larger than a gigabyte
     * @throws IOException if reading fails
     */
    public static CveCatalog read(SourceId name, InputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new SourceException(
                    name, Fault.WRONG_KIND, name + " is no snapshot of a catalog, or one of another version.");
        }
        try {
            return read(in);
        } catch (EOFException e) {
            throw new SourceException(name, Fault.TRUNCATED, name + " ends too early.", e);
        } catch (ZipException | SnapshotReader.Malformed | IllegalArgumentException | DateTimeException e) {
            throw new SourceException(name, Fault.CORRUPT, name + " is damaged: its data contradicts itself.", e);
        }
    }

    private static CveCatalog read(InputStream in) throws IOException {
        Inflater inflater = new Inflater();
        try {
            InputStream inflated = new BufferedInputStream(new InflaterInputStream(in, inflater, BUFFER), BUFFER);
            CheckedInputStream checked = new CheckedInputStream(inflated, new CRC32C());
            CveCatalog catalog = new SnapshotReader(checked).read();
            int sum = (int) checked.getChecksum().getValue();
            if (new DataInputStream(checked).readInt() != sum || checked.read() >= 0) {
                throw new SnapshotReader.Malformed("its checksum is wrong, or it goes on behind it");
            }
            return catalog;
        } finally {
            inflater.end();
        }
    }
}
