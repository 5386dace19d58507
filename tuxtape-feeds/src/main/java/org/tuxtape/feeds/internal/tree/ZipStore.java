package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.feeds.internal.record.Content;

/** A tree that is packed as zip. */
final class ZipStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(ZipStore.class);

    private final ZipFile zip;
    private final Limits limits;
    private final Faults faults;
    private final CancellationToken cancellation;
    private long expanded;

    private ZipStore(ZipFile zip, Limits limits, Faults faults, CancellationToken cancellation) {
        this.zip = zip;
        this.limits = limits;
        this.faults = faults;
        this.cancellation = cancellation;
    }

    static ZipStore open(Path archive, Limits limits, Faults faults, CancellationToken cancellation) {
        try {
            return new ZipStore(new ZipFile(archive.toFile()), limits, faults, cancellation);
        } catch (IOException e) {
            throw faults.zip(e);
        }
    }

    @Override
    public List<Listed> list() {
        List<Listed> records = new ArrayList<>();
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            cancellation.throwIfCancelled();
            ZipEntry entry = entries.nextElement();
            RecordPath.tryParse(entry.getName())
                    .filter(RecordPath::isJson)
                    .ifPresent(path -> records.add(new Listed(path, entry.getSize())));
        }
        return records;
    }

    @Override
    public Optional<Content> read(String path) {
        cancellation.throwIfCancelled();
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = zip.getInputStream(entry)) {
            CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
            Content content = limits.read(checked);
            expanded += content.size();
            limits.check(expanded);
            // The JDK leaves this to whoever reads.
            if (!content.isTooLarge() && checked.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("the checksum of a member is wrong");
            }
            return Optional.of(content);
        } catch (IOException e) {
            throw faults.zip(e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            LOG.debug("Closing failed", e); // no longer matters to the caller
        }
    }
}
